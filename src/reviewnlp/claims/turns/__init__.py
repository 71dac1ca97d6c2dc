"""Whose turn is it? Who is speaking or writing at each character of the page.

Turns nest: the writer's spans the page, within it come several named reviewers' texts
(«Имя Фамилия: «…»»), lines of a transcript or an interview, and comments. The innermost turn
that covers a character is the voice that is heard there (`turn_at`).

`labels` and `transcript` read lines that begin with a name and a colon, `reviews` the texts
of several reviewers on one page, `dialogue` and `interview` paragraphs that begin with a dash.
"""

from reviewnlp.claims.turns.component import TurnFinder, create_turns
from reviewnlp.claims.turns.lookup import is_minutes, turn_at

__all__ = ["TurnFinder", "create_turns", "is_minutes", "turn_at"]
