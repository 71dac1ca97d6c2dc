"""What is this file, in which encoding, and where did each character come from? Bytes → `Source`."""

from reviewnlp.reading.options import Limits, ReadOptions
from reviewnlp.reading.reader import read, read_bytes
from reviewnlp.reading.source import Failure, Format, Kind, Source

__all__ = ["Failure", "Format", "Kind", "Limits", "ReadOptions", "Source", "read", "read_bytes"]
