"""Indicators of regions and corridors out of raw observations that no one machine could hold.

`python -m layers.aggregate --observations PATH --out FOLDER`; its `--help` names columns, units and switches.
Not imported by the atlas, which does without the packages of `layers/aggregate/requirements.txt`.
"""
