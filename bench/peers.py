#!/usr/bin/python3
"""What compare-ml.sh sets beside bench/Vedette.ML.Bench: the same work in the reference implementations, one thread, in CPU seconds.

Usage: peers.py DATA [NAME...], where DATA is what `Vedette.ML.Bench data FILE` wrote: 100,000 x 20 float32 values, then 100,000 labels.
A measurement is one function in PEERS; its lines carry the names that the C# benchmark prints.
"""
import os
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import sys

import numpy as np

from peer_measures import cpu_seconds, measure_classifier, report

ROWS, FEATURES = 100_000, 20


def forests(x, y):
    from sklearn.ensemble import IsolationForest, RandomForestClassifier
    forest = IsolationForest(n_estimators=300, max_samples=256, random_state=1, n_jobs=1)
    report("isolation forest fit, 300 trees of 256 rows", cpu_seconds(lambda: forest.fit(x)), "s")
    report("isolation forest score, 100k rows", ROWS / cpu_seconds(lambda: forest.score_samples(x)), "rows/s")
    report("isolation forest score, one row", 1e6 / 20 * cpu_seconds(lambda: [forest.score_samples(x[i:i + 1]) for i in range(20)]), "us")
    measure_classifier("random forest, 300 trees of depth 15",
                       lambda: RandomForestClassifier(300, max_depth=15, class_weight="balanced", random_state=1, n_jobs=1), x, y)


def boosting(x, y):
    import xgboost
    from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier
    measure_classifier("level-wise booster, 300 rounds of depth 6",
                       lambda: xgboost.XGBClassifier(n_estimators=300, max_depth=6, learning_rate=0.1, tree_method="hist", max_bin=255, n_jobs=1), x, y)
    measure_classifier("leaf-wise booster, 100 rounds of 31 leaves",
                       lambda: HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, learning_rate=0.1, early_stopping=False), x, y)
    measure_classifier("classic boosting, 10k rows, 100 rounds of depth 3",
                       lambda: GradientBoostingClassifier(random_state=1), x[:10_000], y[:10_000])


def neighbors(x, y):
    from sklearn.neighbors import LocalOutlierFactor
    few = x[:10_000]
    report("local outlier factor fit, 10k rows, k = 20", cpu_seconds(lambda: LocalOutlierFactor(n_neighbors=20, n_jobs=1).fit(few), 2), "s")
    novelty = LocalOutlierFactor(n_neighbors=20, novelty=True, n_jobs=1).fit(few)
    report("local outlier factor score, 10k rows against 10k", cpu_seconds(lambda: novelty.score_samples(few), 2), "s")


def neural(x, y):
    import peers_neural
    peers_neural.measure(x, y)


PEERS = {"boosting": boosting, "forests": forests, "neighbors": neighbors, "neural": neural}


def main():
    with open(sys.argv[1], "rb") as file:
        numbers = np.fromfile(file, dtype="<f4")
    x, y = numbers[:ROWS * FEATURES].reshape(ROWS, FEATURES), numbers[ROWS * FEATURES:]
    for name in sys.argv[2:] or PEERS:
        if name in PEERS:
            PEERS[name](x, y)


if __name__ == "__main__":
    main()
