"""How were the models made? `train` makes every file of `models/` from gold collections."""
