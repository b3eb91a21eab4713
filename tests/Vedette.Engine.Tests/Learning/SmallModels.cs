using Vedette.Engine.Learning;
using Vedette.Engine.Pipeline;

namespace Vedette.Engine.Tests.Learning;

/// <summary>Models trained in a second or two: on a made-up log of people who browse a shop, and on made-up windows of which some are attacks.</summary>
internal static class SmallModels
{
    private static readonly Lazy<TrainingData> OwnData = new(() => Gather(Browsing(seed: 1, minutes: 240), workers: 2));
    private static readonly Lazy<ModelSet> Trained = new(() => ModelTrainer.Train(Own, Labelled(), new TrainerOptions { Tune = false }));

    public static TrainingData Own => OwnData.Value;

    public static ModelSet Instance => Trained.Value;

    public static TrainingData Gather(IReadOnlyList<string> lines, int workers)
    {
        var options = new EngineOptions { Learning = new LearningOptions { Gather = true }, Tracking = new TrackingOptions { Workers = workers } };
        return Scan.Run(lines, options).SnapshotTraining();
    }

    /// <summary>Two streams of windows; attacks differ from the others in how often they fail and how often they ask.</summary>
    public static IReadOnlyList<LabelledWindows> Labelled(int rows = 700)
    {
        var streams = new List<LabelledWindows>();
        for (int stream = 0; stream < 2; stream++)
        {
            var random = new Random(stream + 5);
            var windows = new LabelledWindows($"made up {stream}");
            for (int i = 0; i < rows; i++)
            {
                bool isAttack = i % 10 == 3;
                windows.Add(Row(random, isAttack), isAttack);
            }
            streams.Add(windows);
        }
        return streams;
    }

    public static float[] Row(Random random, bool isAttack)
    {
        float[] row = new float[WindowFeatures.Count];
        for (int i = 0; i < row.Length; i++) row[i] = (float)random.NextDouble();
        row[WindowFeatures.ReqCount] = random.Next(2, 20) * (isAttack ? 8 : 1);
        row[WindowFeatures.RequestsTenMinutes] = row[WindowFeatures.ReqCount] * 4;
        row[WindowFeatures.ErrorRate] = (float)(isAttack ? 0.6 + 0.4 * random.NextDouble() : 0.1 * random.NextDouble());
        row[WindowFeatures.AvgResponseTime] = 20 + random.Next(100);
        return row;
    }

    /// <summary>Lines of a combined log: people who walk from page to page, some reading much, hardly any error.</summary>
    public static IReadOnlyList<string> Browsing(int seed, int minutes, int people = 40)
    {
        string[] pages = ["/", "/products", "/products/{0}", "/cart", "/search?q=lamp{0}", "/orders/{0}", "/about", "/help"];
        var random = new Random(seed);
        var lines = new List<string>();
        DateTime start = new(2026, 3, 10, 8, 0, 0, DateTimeKind.Utc);
        for (int minute = 0; minute < minutes; minute++)
        {
            for (int i = 0; i < people / 2; i++)
            {
                int person = random.Next(people);
                // Who was somewhere goes on from there: an order that can be learnt.
                int page = (person + minute + i) % pages.Length;
                string path = string.Format(System.Globalization.CultureInfo.InvariantCulture, pages[page], 100 + random.Next(900));
                int second = i * 60 / (people / 2);
                lines.Add(Line(start.AddMinutes(minute).AddSeconds(second), $"198.51.100.{person + 1}", "GET", path, random.Next(60) == 0 ? 404 : 200, 500 + random.Next(4000)));
            }
        }
        return lines;
    }

    public static string Line(DateTime time, string client, string method, string target, int status, int bytes, string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") =>
        $"{client} - - [{time.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture)}] \"{method} {target} HTTP/1.1\" {status} {bytes} \"-\" \"{agent}\"";
}
