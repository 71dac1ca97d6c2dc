"""What recurs over the documents of a run, how is it called, who is for and who against?"""

from reviewnlp.themes.records import Assignment, Member, Theme
from reviewnlp.themes.themes import Themes

__all__ = ["Assignment", "Member", "Theme", "Themes"]
