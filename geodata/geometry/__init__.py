"""The steps of `geodata/build.py`: pinned packages in, GeoJSON layers out, one subject per module."""
