"""What the benchmark reads is what was used."""

import os
import threading
import time

from bench.server import _seconds


def test_a_thread_that_ended_still_counts():
    def work() -> None:
        end = time.thread_time() + 0.05
        while time.thread_time() < end:
            pass

    before = _seconds(os.getpid())
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert _seconds(os.getpid()) - before >= 0.05
