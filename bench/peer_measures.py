"""How the peers of compare-ml.sh are measured: best CPU seconds of several runs, one line each."""
import time


def cpu_seconds(work, repetitions=1):
    best = float("inf")
    for _ in range(repetitions):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best


def report(name, value, unit):
    print(f"{name}\t{value:.4g}\t{unit}", flush=True)


def split_auc(make, x, y):
    """ROC AUC of the second half after fitting on the first."""
    from sklearn.metrics import roc_auc_score
    half = len(y) // 2
    model = make().fit(x[:half], y[:half])
    return roc_auc_score(y[half:], model.predict_proba(x[half:])[:, 1])


def measure_classifier(name, make, x, y):
    fitted = []
    report(f"{name}: fit", cpu_seconds(lambda: fitted.append(make().fit(x, y))), "s")
    report(f"{name}: predict", len(y) / cpu_seconds(lambda: fitted[0].predict_proba(x), 2), "rows/s")
    report(f"{name}: ROC AUC, fitted on one half, measured on the other", split_auc(make, x, y), "")
