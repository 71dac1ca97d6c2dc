"""Who claimed what, relayed by whom, with what attitude, in Russian reviews and comments."""

__version__ = "0.1.0"
