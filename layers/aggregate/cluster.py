"""Partitions counted on a Dask cluster: of this machine, or one that runs elsewhere."""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

import dask
import dask.dataframe as dd
import dask_geopandas
import geopandas as gpd
from dask.delayed import Delayed
from dask.distributed import Client, Future, LocalCluster, as_completed
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from layers.aggregate import observations
from layers.aggregate.observations import FaultyPartition, Partition, Reading
from layers.aggregate.parts import code_version
from layers.aggregate.tallies import Tally, faulty, tally

WAVE = 4
"""Partitions handed out at a time for each thread: all are busy, and no graph grows with the files."""

PATIENCE = "15s"
"""How long a scheduler may take to answer."""

for name in ("distributed", "distributed.client"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # what they have to say is told in our words


class ClusterError(Exception):
    """The machines, not the observations, are at fault; says what helps."""


@contextlib.contextmanager
def client_of(scheduler: str, workers: int, memory: str, *, processes: bool = True) -> Iterator[Client]:
    """A client of the cluster at an address, or where that is "" of one on this machine that ends with it."""
    with contextlib.nullcontext() if scheduler else local_cluster(workers, memory, processes) as cluster:
        try:
            client = Client(scheduler or cluster, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            problem = f"no Dask scheduler answers at {scheduler} ({observations.one_line(error)})"
            raise ClusterError(
                f"{problem}: start one there (dask scheduler), or leave --scheduler out"
            ) from None
        with client:
            try:
                if scheduler:
                    require_same_code(client)
                yield client
            except (FutureCancelledError, CommClosedError) as error:
                raise ClusterError(f"the cluster is lost ({observations.one_line(error)})") from None


def local_cluster(workers: int, memory: str, processes: bool) -> LocalCluster:
    """Workers on this machine, of one thread each; one that holds more than `memory` is ended, never paused,
    because a paused one would wait for ever: it holds a single partition, and nothing that could be let go.
    """
    with dask.config.set(
        {f"distributed.worker.memory.{limit}": False for limit in ("target", "spill", "pause")}
    ):
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=memory,
            processes=processes,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )


def require_same_code(client: Client) -> None:
    """Raise ClusterError unless there are workers, and all of them count as this program does."""
    if not client.scheduler_info()["workers"]:
        raise ClusterError(
            f"the scheduler at {client.scheduler.address} has no workers: start some (dask worker)"
        )
    there = client.run(find_spec, "layers")
    without = [address for address, found in there.items() if found is None]
    if without:
        raise ClusterError(
            f"workers without this program: {', '.join(without)}; start them in the folder of the atlas with "
            "its requirements.txt and layers/aggregate/requirements.txt installed: "
            "PYTHONPATH=. dask worker ADDRESS"
        )
    other = [address for address, version in client.run(code_version).items() if version != code_version()]
    if other:
        raise ClusterError(f"workers with other versions of this program or its packages: {', '.join(other)}")


def tallies(
    client: Client, partitions: Iterable[Partition], areas: gpd.GeoDataFrame, reading: Reading, period: str
) -> Iterator[tuple[Partition, Tally]]:
    """The tally of each partition as it is done; raises ClusterError where the cluster fails."""
    shared = client.submit(lambda: areas, pure=False)
    waiting, owner = iter(partitions), {}
    busy = WAVE * max(sum(client.nthreads().values()), 1)

    def hand_out(number: int) -> list[Future]:
        wave = list(itertools.islice(waiting, number))
        futures = client.compute(delayed_tallies(wave, shared, reading, period)) if wave else []
        owner.update({future.key: partition for future, partition in zip(futures, wave, strict=True)})
        return futures

    pending = as_completed(hand_out(busy))
    for done in pending.batches():
        for future in done:
            partition = owner.pop(future.key)
            yield partition, result_of(future, partition)
            future.release()
        pending.update(hand_out(busy - len(owner)))


def delayed_tallies(wave: list[Partition], areas: Future, reading: Reading, period: str) -> list[Delayed]:
    """The tallies of some partitions: a Dask-GeoPandas frame, counted partition by partition."""
    if not wave:
        return []
    shape = observations.empty_frame(reading)
    frame: dask_geopandas.GeoDataFrame = dd.from_map(
        observations.read, wave, reading=reading, meta=shape, enforce_metadata=False
    )
    counted = dask.delayed(tally, pure=False)
    parts = frame.to_delayed()
    return [counted(part, areas, own, reading, period) for part, own in zip(parts, wave, strict=True)]


def result_of(future: Future, partition: Partition) -> Tally:
    """The tally of a partition that is done or cannot be read; ClusterError for lost machines."""
    try:
        return future.result()
    except FaultyPartition as error:
        return faulty(partition, error)
    except (KilledWorker, MemoryError):
        raise ClusterError(
            f"workers died over {partition.shown}, {partition.place}: give each more memory (--memory) or "
            "start fewer (--workers)"
        ) from None
    except FileNotFoundError:
        raise ClusterError(
            f"{partition.path} is there no more, or the workers do not see it: give them the same folder"
        ) from None
