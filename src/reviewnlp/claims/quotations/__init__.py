"""Who reports whose words where? Quotations with cue, source and content.

The chain: `marks` pairs quotation marks, `direct` and `dialogue` find quoted speech,
`indirect`, `phrases` and `verbless` speech without quotation marks; `source` finds the
noun phrase that speaks, `speaker` the person; `component` puts them together.
"""
