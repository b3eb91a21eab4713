"""The work of `Vedette.ML.Bench neural` in PyTorch and scikit-learn, for peers.py. Needs python3-torch and python3-sklearn."""
import math

import torch

from peer_measures import cpu_seconds, measure_classifier, report

torch.set_num_threads(1)
LENGTH = 20


def make_sequences(count, vocabulary, seed):
    state = seed

    def draw(bound):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        return (state >> 33) % bound

    rows = []
    for _ in range(count):
        row = [draw(vocabulary)]
        for _ in range(LENGTH - 1):
            row.append((row[-1] * 31 + draw(5) * 7) % vocabulary)
        rows.append(row)
    return torch.tensor(rows)


class Model(torch.nn.Module):
    def __init__(self, kind, vocabulary, width, inner):
        super().__init__()
        self.kind = kind
        self.embedding = torch.nn.Embedding(vocabulary + 2, width)
        torch.nn.init.normal_(self.embedding.weight, std=0.02 if kind == "transformer" else 0.2)
        if kind == "transformer":
            self.positions = torch.nn.Parameter(torch.randn(LENGTH, width) * 0.02)
            layer = torch.nn.TransformerEncoderLayer(width, 4, inner, dropout=0.1, batch_first=True, norm_first=True)
            self.body = torch.nn.TransformerEncoder(layer, 2, norm=torch.nn.LayerNorm(width))
            self.mask = torch.triu(torch.ones(LENGTH, LENGTH, dtype=torch.bool), diagonal=1)
        else:
            self.body = torch.nn.LSTM(width, width, 2, batch_first=True, dropout=0.1)
        self.head = torch.nn.Linear(width, vocabulary)

    def forward(self, inputs):
        x = self.embedding(inputs)
        if self.kind == "transformer":
            return self.head(self.body(x + self.positions, mask=self.mask))
        return self.head(self.body(x)[0])


def shifted(tokens, vocabulary):
    return torch.cat([torch.full((len(tokens), 1), vocabulary + 1), tokens[:, :-1]], dim=1)


def fit(kind, tokens, vocabulary, width, inner, epochs):
    torch.manual_seed(1)
    model = Model(kind, vocabulary, width, inner)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    steps = epochs * math.ceil(len(tokens) / 32)
    warmup = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warmup, max(0.01, (steps - s) / (steps - warmup + 1))))
    for _ in range(epochs):
        for batch in torch.randperm(len(tokens)).split(32):
            optimizer.zero_grad()
            logits = model(shifted(tokens[batch], vocabulary))
            torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[batch].flatten()).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
            optimizer.step()
            schedule.step()
    return model.eval()


def surprisal(model, tokens, vocabulary):
    with torch.inference_mode():
        return torch.nn.functional.cross_entropy(model(shifted(tokens, vocabulary)).flatten(0, 1), tokens.flatten(), reduction="none")


def language_models():
    tokens = make_sequences(1600, 2000, 5)
    training, held = make_sequences(4000, 200, 6), make_sequences(500, 200, 7)
    for kind in ("transformer", "lstm"):
        model = fit(kind, tokens, 2000, 64, 256, 1)
        report(f"{kind}: fit", tokens.numel() / cpu_seconds(lambda: fit(kind, tokens, 2000, 64, 256, 1), 3), "tokens/s")
        single = [row[None] for row in tokens[:1000]]
        report(f"{kind}: score one sequence of 20", cpu_seconds(lambda: [surprisal(model, row, 2000) for row in single], 3), "ms")
        report(f"{kind}: held-out surprisal after 5 epochs", surprisal(fit(kind, training, 200, 32, 128, 5), held, 200).mean().item(), "nats")


def tables(x, y):
    from sklearn.cluster import DBSCAN, KMeans
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    measure_classifier("dense network 64-32, 5 epochs", lambda: make_pipeline(StandardScaler(), MLPClassifier(
        (64, 32), batch_size=128, max_iter=5, tol=0, n_iter_no_change=99, random_state=0)), x, y)
    measure_classifier("logistic regression", lambda: LogisticRegression(C=1 / (len(x) * 1e-3)), x, y)
    report("k-means of 100k rows, 8 clusters, 20 rounds",
           cpu_seconds(lambda: KMeans(8, n_init=1, max_iter=20, tol=0, random_state=0, algorithm="lloyd").fit(x)), "s")
    report("dbscan of 20k rows, 3 columns", cpu_seconds(lambda: DBSCAN(eps=0.2, min_samples=5).fit(x[:20_000, :3])), "s")


def measure(x, y):
    """Prints a line per measurement. x: float32 rows of the synthetic table; y: their labels."""
    import warnings
    warnings.simplefilter("ignore")
    a, b = torch.full((640, 64), 0.5), torch.full((64, 2000), 0.25)
    report("matrix product 640x64x2000", 100 * 2e-9 * 640 * 64 * 2000 / cpu_seconds(lambda: [a @ b for _ in range(100)], 3), "GFLOP/s")
    language_models()
    tables(x, y)
