"""Files that people add to a case: what they are is decided by their content, never by their name."""

from models.rules.files.checking import LARGEST, CheckedFile, check_file
from models.rules.files.kinds import EXTENSIONS, KIND_NAMES

__all__ = ["EXTENSIONS", "KIND_NAMES", "LARGEST", "CheckedFile", "check_file"]
