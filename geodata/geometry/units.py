"""The full-detail partition of the land: regions of the two countries, units of the neighbours, countries.

Kazakhstan comes from one source (20 regions of 2022), everything else from another, which still draws
Kazakhstan with other borders. Both are cut into common faces and each face gets one owner, so that no
gap and no overlap is left: the regions of Kazakhstan keep their shape, the others follow them.
"""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

CRS = "EPSG:4326"
AREA_SHOWN = shapely.box(4, 18, 127, 62)
CASPIAN_POINT = shapely.Point(51, 41)
HOME = ("KAZ", "UZB")
NEIGHBOURS = ("AFG", "ARM", "AZE", "CHN", "GEO", "IRN", "KGZ", "MNG", "PAK", "RUS", "TJK", "TKM", "TUR")

KAZAKH_REGION_IDS = {
    "Abay Region": "KZ-10", "Akmola Region": "KZ-11", "Aktobe Region": "KZ-15", "Almaty Region": "KZ-19",
    "Atyrau Region": "KZ-23", "West Kazakhstan Region": "KZ-27", "Jambyl Region": "KZ-31",
    "Jetisu Region": "KZ-33", "Karaganda Region": "KZ-35", "Kostanay Region": "KZ-39",
    "Kyzylorda Region": "KZ-43", "Mangystau Region": "KZ-47", "Pavlodar Region": "KZ-55",
    "North Kazakhstan Region": "KZ-59", "Turkistan Region": "KZ-61", "Ulytau Region": "KZ-62",
    "East Kazakhstan Region": "KZ-63", "Astana": "KZ-71", "Almaty": "KZ-75", "Shymkent": "KZ-79",
}  # fmt: skip

# The world file uses codes of its own for some areas; ISO 3166-1 (and XKX for Kosovo, as is usual).
ISO3 = {
    "ALD": "FIN", "CYN": "CYP", "ESB": "CYP", "WSB": "CYP", "HKG": "CHN", "MAC": "CHN", "KOS": "XKX",
    "PSX": "PSE", "KAB": "KAZ",
}  # fmt: skip
CRIMEA = ("Crimea", "Sevastopol")  # Ukraine: United Nations General Assembly resolution 68/262
NO_OWNER = ("KAS",)  # Siachen glacier: the world file gives it to nobody

SMALLEST_UNIT = 0.03  # square degrees: smaller countries are drawn with the one around them
SLIVER = 2e-5  # square degrees, about 0.2 km2


def land_units(kazakhstan: dict, world: dict) -> gpd.GeoDataFrame:
    """Units that cover the land of the area shown without gaps or overlaps, in full detail.

    Columns: unit (region id, or a key of our own), country_iso3, name_en, name_ru, iso_3166_2,
    geometry (EPSG:4326). Kazakhstan, Uzbekistan and the neighbours are split into first-level units,
    every other country is one unit.
    """
    regions = kazakh_regions(kazakhstan)
    rest, ownerless = other_units(world)
    faces = common_faces(regions, rest, ownerless)
    owners = face_owners(faces, regions, rest, ownerless)
    units = pd.concat([regions, rest], ignore_index=True)
    units = units.set_geometry(united(faces, owners, len(units)), crs=CRS)
    return units[~units.geometry.is_empty].reset_index(drop=True)


def kazakh_regions(collection: dict) -> gpd.GeoDataFrame:
    """The 20 regions of Kazakhstan with their ids."""
    names = [item["properties"]["ADM1_EN"] for item in collection["features"]]
    shapes = shapely.make_valid(shapely.force_2d(shapes_of(collection)))
    return gpd.GeoDataFrame(
        {"unit": [KAZAKH_REGION_IDS[name] for name in names], "country_iso3": "KAZ"}, geometry=shapes, crs=CRS
    )


def other_units(collection: dict) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """All land units but Kazakhstan's, and the shapes that the file gives to Kazakhstan or to nobody."""
    keep = ("adm0_a3", "adm1_code", "name", "name_en", "name_ru", "iso_3166_2")
    records = [{key: item["properties"].get(key) for key in keep} for item in collection["features"]]
    world = gpd.GeoDataFrame(records, geometry=shapes_of(collection), crs=CRS)
    world = world[world.intersects(AREA_SHOWN)].copy()
    world["geometry"] = world.geometry.make_valid()
    world["country_iso3"] = world["adm0_a3"].replace(ISO3)
    world.loc[world["name"].isin(CRIMEA), "country_iso3"] = "UKR"
    split = world["country_iso3"].isin((*NEIGHBOURS, "UZB"))
    world["unit"] = world["country_iso3"].where(~split, world["adm1_code"])
    world["unit"] = world["unit"].where(world["country_iso3"] != "UZB", world["iso_3166_2"])
    ownerless = (world["country_iso3"].isin((*NO_OWNER, "KAZ"))).to_numpy()
    units = world[~ownerless].dissolve("unit", aggfunc="first", method="coverage", sort=True).reset_index()
    tiny = shapely.area(units.geometry.to_numpy()) < SMALLEST_UNIT
    tiny &= ~units["country_iso3"].isin((*NEIGHBOURS, "UZB")).to_numpy()
    spare = np.concatenate([world.geometry.to_numpy()[ownerless], units.geometry.to_numpy()[tiny]])
    columns = ["unit", "country_iso3", "name_en", "name_ru", "iso_3166_2", "geometry"]
    return units.loc[~tiny, columns].reset_index(drop=True), spare


def shapes_of(collection: dict) -> np.ndarray:
    """Geometries of a GeoJSON feature collection."""
    return shapely.from_geojson([json.dumps(item["geometry"]) for item in collection["features"]])


def common_faces(regions: gpd.GeoDataFrame, rest: gpd.GeoDataFrame, ownerless: np.ndarray) -> np.ndarray:
    """Faces that all borders together cut the land into; spare land is cut between its neighbours."""
    shapes = np.concatenate([regions.geometry.to_numpy(), rest.geometry.to_numpy(), ownerless])
    lines = [*shapely.boundary(shapes), shapely.boundary(AREA_SHOWN)]
    faces = faces_between(lines)
    spare = faces[is_spare(faces, regions, rest, ownerless)]
    tree = shapely.STRtree(rest.geometry.to_numpy())
    cuts = [cut for face in spare for cut in nearness_cuts(face, tree.geometries[touching(face, tree)])]
    if cuts:
        faces = faces_between([*lines, *cuts])
    inside = contained_in(shapely.point_on_surface(faces), np.array([AREA_SHOWN])) >= 0
    return faces[inside]


def faces_between(lines: list) -> np.ndarray:
    """Polygons enclosed by a set of lines after they are noded."""
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))


def contained_in(points: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Index of the first shape each point lies in, -1 where there is none."""
    found = np.full(len(points), -1)
    point, shape = shapely.STRtree(shapes).query(points, predicate="within")
    order = np.lexsort((-shape, point))
    found[point[order]] = shape[order]
    return found


def is_spare(
    faces: np.ndarray, regions: gpd.GeoDataFrame, rest: gpd.GeoDataFrame, ownerless: np.ndarray
) -> np.ndarray:
    """Whether a face is land that no source gives to a unit we draw."""
    points = shapely.point_on_surface(faces)
    owned = contained_in(points, np.append(rest.geometry.to_numpy(), outline(regions))) >= 0
    return ~owned & (contained_in(points, ownerless) >= 0)


def outline(regions: gpd.GeoDataFrame) -> shapely.MultiPolygon:
    """Outer outline of the regions, without the slivers between them."""
    parts = shapely.get_parts(shapely.union_all(regions.geometry.to_numpy()))
    return shapely.union_all([shapely.Polygon(part.exterior) for part in parts])


def nearness_cuts(face: shapely.Polygon, touching: np.ndarray) -> list:
    """Lines that cut a face between the units it touches, each part to the nearest of them."""
    if len(touching) < 2 or face.area < SLIVER:
        return []
    points, groups = [], []
    for group, shape in enumerate(touching):
        edge = shapely.segmentize(shared_border(face, shape), 0.02)
        points.append(shapely.get_coordinates(edge))
        groups.append(np.full(len(points[-1]), group))
    points, first = np.unique(np.concatenate(points), axis=0, return_index=True)
    groups = np.concatenate(groups)[first]
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=face.envelope, ordered=True)
    cells = shapely.get_parts(cells)
    shares = [shapely.union_all(cells[groups == group]) for group in np.unique(groups)]
    return [share.boundary.intersection(face) for share in shares]


def face_owners(
    faces: np.ndarray, regions: gpd.GeoDataFrame, rest: gpd.GeoDataFrame, ownerless: np.ndarray
) -> np.ndarray:
    """Row of the unit (regions first, then the rest) that owns each face, -1 for sea.

    Spare land between Kazakhstan's two outlines goes to the neighbour it touches most; where it touches
    none it lies on the Caspian coast and is sea.
    """
    points = shapely.point_on_surface(faces)
    owners = contained_in(points, np.concatenate([regions.geometry.to_numpy(), rest.geometry.to_numpy()]))
    gaps = (owners < 0) & (contained_in(points, np.array([outline(regions)])) >= 0)
    owners[gaps] = shapely.STRtree(regions.geometry.to_numpy()).nearest(points[gaps])
    tree = shapely.STRtree(rest.geometry.to_numpy())
    for face in np.flatnonzero(is_spare(faces, regions, rest, ownerless)):
        rows = touching(faces[face], tree)
        if len(rows):
            shared = [shared_border(faces[face], tree.geometries[row]).length for row in rows]
            owners[face] = len(regions) + rows[int(np.argmax(shared))]
    return owners


def touching(face: shapely.Polygon, tree: shapely.STRtree) -> np.ndarray:
    """Rows of the tree's shapes that touch a face, in order."""
    return np.sort(tree.query(face, predicate="dwithin", distance=1e-9))


def shared_border(face: shapely.Polygon, shape: shapely.Geometry) -> shapely.Geometry:
    """The line two shapes share."""
    xmin, ymin, xmax, ymax = face.bounds
    near = shapely.clip_by_rect(shape.boundary, xmin - 1e-6, ymin - 1e-6, xmax + 1e-6, ymax + 1e-6)
    return face.boundary.intersection(near)


def united(faces: np.ndarray, owners: np.ndarray, count: int) -> np.ndarray:
    """One geometry per owner, made of its faces."""
    return np.array([shapely.coverage_union_all(faces[owners == owner]) for owner in range(count)])
