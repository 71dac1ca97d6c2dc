"""How were the models made? `train` makes every file of `models/` from gold collections."""

from reviewnlp.training.models import train

__all__ = ["train"]
