"""Lines that miss their nodes, corridors in pieces and variants without a way are named."""

from __future__ import annotations

import pytest

from layers.contract.ways import joined
from tests.layers.breaking import edit_features, faults_of, feature_of, only_fault_of, set_cells


def test_a_line_that_does_not_reach_its_node(folder, atlas):
    content, write = edit_features(folder, "corridors")
    feature = feature_of(content, "SEG-001")
    feature["geometry"]["coordinates"][0][0] += 0.05
    write()
    message = next(one for one in faults_of(folder) if "line begins" in one)
    assert 'feature = "SEG-001": line begins 4.' in message
    assert "km from xian, its from_node; expected a line that begins within 2 km of xian" in message


def test_a_line_drawn_backwards(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["geometry"]["coordinates"].reverse()
    write()
    messages = faults_of(folder)
    assert len(messages) == 2
    assert all("drawn from its to_node to its from_node" in message for message in messages)


def test_a_computed_length_that_is_not_that_of_the_line(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["properties"]["computed_length_km"] = 12
    write()
    assert "computed_length_km 12.0 is not the length of the line; expected 1" in only_fault_of(folder)


def test_a_segment_that_leads_nowhere(folder):
    row = set_cells(folder, "segments", "SEG-001", to_node="xian")
    messages = faults_of(folder)
    assert (
        f'geodata/segments.csv, row {row}, to_node = "xian": the same as from_node; expected another node'
        in messages
    )


def test_a_corridor_in_pieces(folder, atlas):
    pieces = [
        segment
        for segment in atlas.segments.index[atlas.segments["corridor_ids"].map(lambda ids: "btk" in ids)]
        if len(joined(ways_without(atlas, "btk", segment))) > 1
    ]
    segment = atlas.segments.loc[pieces[len(pieces) // 2]]
    others = [one for one in segment["corridor_ids"] if one != "btk"] or ["trans-caspian"]
    set_cells(folder, "segments", segment.name, corridor_ids=";".join(others))
    messages = faults_of(folder)
    assert any(
        'corridor_id = "btk": its segments fall into 2 pieces that do not meet' in one for one in messages
    )


def ways_without(atlas, corridor, segment):
    """The ways of a corridor but for one segment."""
    rows = atlas.segments.drop(segment)
    rows = rows[rows["corridor_ids"].map(lambda ids: corridor in ids)]
    return list(zip(rows["from_node"], rows["to_node"], rows["mode"], strict=True))


def test_a_corridor_without_segments(folder, atlas):
    for segment, ids in atlas.segments["corridor_ids"].items():
        if "cku" in ids:
            others = [one for one in ids if one != "cku"] or ["northern"]
            set_cells(folder, "segments", segment, corridor_ids=";".join(others))
    assert any('corridor_id = "cku": no segment of this corridor' in one for one in faults_of(folder))


def test_a_parent_needs_no_segments_of_its_own(atlas):
    assert not atlas.segments["corridor_ids"].map(lambda ids: "north-south" in ids).any()


@pytest.mark.parametrize(
    ("column", "node", "problem"),
    [
        ("via_nodes", "karachi", "karachi lies on no rail segment of"),
        ("to_node", "karachi", "karachi lies on no rail segment of"),
        ("from_node", "karachi", "karachi lies on no rail segment of"),
    ],
)
def test_a_variant_that_cannot_be_walked(folder, atlas, column, node, problem):
    variant = atlas.corridor_variants.index[atlas.corridor_variants["corridor_id"].eq("cku")][0]
    assert node in atlas.nodes.index
    row = set_cells(folder, "corridor_variants", variant, **{column: node})
    message = only_fault_of(folder)
    assert message.startswith(f"geodata/corridor_variants.csv, row {row}, ")
    assert problem in message


def test_a_variant_keeps_to_its_modes(folder):
    row = set_cells(folder, "corridor_variants", "trans-caspian-xian-istanbul", modes="rail")
    message = only_fault_of(folder)
    assert message.startswith(f"geodata/corridor_variants.csv, row {row}, via_nodes")
    assert "cannot be reached" in message


def test_a_corridor_without_a_stated_way(folder, atlas):
    rows = atlas.corridor_variants["corridor_id"]
    for variant in rows.index[rows.eq("tripp")]:
        set_cells(folder, "corridor_variants", variant, corridor_id="cku")
    message = next(one for one in faults_of(folder) if one.startswith("geodata/corridors.csv"))
    assert 'corridor_id = "tripp": no way of this corridor in corridor_variants.csv' in message
    assert "expected at least one row there" in message


def test_a_published_length_of_a_stretch_that_cannot_be_walked(folder):
    row = set_cells(folder, "corridor_metrics", "CM-059", to_node="karachi")
    message = only_fault_of(folder)
    assert message.startswith(f"geodata/corridor_metrics.csv, row {row}, to_node")
    assert "karachi lies on no segment of btk" in message


def test_a_published_length_with_one_end_only(folder):
    row = set_cells(folder, "corridor_metrics", "CM-059", to_node="")
    message = only_fault_of(folder)
    assert message.startswith(f"geodata/corridor_metrics.csv, row {row}, to_node")
    assert "a stretch without one of its ends; expected both ends, or none" in message
