"""One process with threads serves a county; signals end it within ten seconds."""

import os

bind = os.environ.get("STAFFELSTAB_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("STAFFELSTAB_WORKERS", "1"))
threads = 8
worker_class = "gthread"
graceful_timeout = 8
timeout = 60
keepalive = 15
accesslog = None  # addresses of pages are nobody's business; the application keeps its own access log
errorlog = "-"
loglevel = "warning"
preload_app = False
control_socket_disable = True
