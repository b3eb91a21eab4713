using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine.Forecasting;

namespace Vedette.ForecastBench;

/// <summary><c>train</c>: fits the model on drawn disturbances and writes the file that ships.</summary>
internal static class TrainCommand
{
    private const double Penalty = 1e-4;
    private const double Alarm = 0.3;

    /// <summary>Plain services a seed.</summary>
    private const int PlainServices = 4;

    public static int Run(SeedRange seeds, string? outFile)
    {
        var rows = new List<TrainingRow>();
        foreach (List<TrainingRow> part in seeds.Numbers.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(RowsOf)) rows.AddRange(part);
        var bias = new List<double>();
        var weights = new List<double>();
        List<TrainingRow>[] parts = [.. Enumerable.Range(0, FailureModel.Parts.Count).Select(part => rows.FindAll(row => row.IsOf(part)))];
        for (int part = 0; part < parts.Length; part++)
        {
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
            {
                (double fittedBias, double[] fitted) = LogisticFit.Fit(parts[part], h, Penalty);
                bias.Add(fittedBias);
                weights.AddRange(fitted);
            }
        }
        var model = new FailureModel([.. bias], [.. weights]);
        for (int part = 0; part < parts.Length; part++)
        {
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
            {
                int place = part * FailureModel.Horizons.Length + h;
                Console.Write($"{FailureModel.Parts[part]}, ");
                Print(parts[part], h, model, bias[place], weights.GetRange(place * ForecastFeatures.Count, ForecastFeatures.Count));
            }
        }
        if (outFile is not null) Write(outFile, bias, weights, seeds, rows);
        return 0;
    }

    private static List<TrainingRow> RowsOf(ulong seed)
    {
        var traffic = new DisturbedTraffic(Scenario.Calm(seed));
        List<TrainingRow> rows = TrainingRows.Of(MinuteLog.Of(traffic.Read()), traffic.Disturbances, (int)seed);
        for (int i = 0; i < PlainServices; i++)
        {
            int number = 1001 + ((int)seed - 1) * PlainServices + i;
            var plain = new PlainTraffic(number);
            rows.AddRange(TrainingRows.Of(MinuteLog.Of(plain.Read()), plain.Disturbances, number));
        }
        return rows;
    }

    private static void Print(List<TrainingRow> rows, int horizon, FailureModel model, double bias, List<double> weights)
    {
        double total = 0, positives = 0, loss = 0, hits = 0, alarms = 0;
        Span<double> features = stackalloc double[ForecastFeatures.Count];
        foreach (TrainingRow row in rows)
        {
            row.CopyTo(horizon, features);
            double outcome = row.IsPositive(horizon) ? 1 : 0;
            double p = model.Probability(horizon, features);
            total += row.Weight;
            positives += row.Weight * outcome;
            if (p >= Alarm) (alarms, hits) = (alarms + row.Weight, hits + row.Weight * outcome);
            loss += row.Weight * (p - outcome) * (p - outcome);
        }
        double rate = positives / total;
        PrintMargins(rows, horizon);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{FailureModel.Horizons[horizon]} min: {total:0} minutes, {positives:0} before failures, Brier {loss / total:0.00000}, base rate {rate * (1 - rate):0.00000}; at {Alarm:P0}: {hits / positives:P0} of them, {hits / Math.Max(1, alarms):P0} right"));
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"  bias {bias:0.00}"));
        for (int f = 0; f < weights.Count; f++) Console.Write(string.Create(CultureInfo.InvariantCulture, $" {((ForecastFeature)f).Name()} {weights[f]:0.00}"));
        Console.WriteLine();
    }

    /// <summary>How often a failure followed where a margin was so large: what the curve of the model should look like.</summary>
    private static void PrintMargins(List<TrainingRow> rows, int horizon)
    {
        Span<double> features = stackalloc double[ForecastFeatures.Count];
        foreach (ForecastFeature margin in (ForecastFeature[])[ForecastFeature.LatencyMargin, ForecastFeature.ErrorMargin, ForecastFeature.LatencyCrossing, ForecastFeature.ErrorCrossing])
        {
            double[] all = new double[5], failed = new double[5];
            foreach (TrainingRow row in rows)
            {
                row.CopyTo(horizon, features);
                int bin = (int)features[(int)margin];
                all[bin] += row.Weight;
                if (row.IsPositive(horizon)) failed[bin] += row.Weight;
            }
            Console.WriteLine($"  {margin.Name()}: " + string.Join(", ", all.Select((n, i) => string.Create(CultureInfo.InvariantCulture, $"{failed[i]:0} of {n:0}"))));
        }
    }

    private static void Write(string file, List<double> bias, List<double> weights, SeedRange seeds, List<TrainingRow> rows)
    {
        using FileStream stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteNumber("version", FailureModel.Version);
        writer.WriteStartObject("lineage");
        writer.WriteString("made_by", "bench/Vedette.ForecastBench train");
        writer.WriteString("data", "a seed: a day of simulated traffic without faults and four plain services, with randomly drawn build-ups, plateaus, steps and bursts laid over them");
        writer.WriteString("seeds", seeds.ToString());
        writer.WriteNumber("route_minutes", (long)rows.Sum(static r => r.Weight));
        writer.WriteNumber("minutes_before_failures", (long)rows.Where(static r => r.IsPositive(2)).Sum(static r => r.Weight));
        writer.WriteEndObject();
        for (int place = 0; place < bias.Count; place++)
        {
            int part = place / FailureModel.Horizons.Length, h = place % FailureModel.Horizons.Length;
            if (h == 0) writer.WriteStartObject(FailureModel.Parts[part]);
            writer.WriteStartObject(FailureModel.Horizons[h].ToString(CultureInfo.InvariantCulture));
            writer.WriteNumber("bias", Math.Round((decimal)bias[place], 4));
            for (int f = 0; f < ForecastFeatures.Count; f++) writer.WriteNumber(((ForecastFeature)f).Name(), Math.Round((decimal)weights[place * ForecastFeatures.Count + f], 4));
            writer.WriteEndObject();
            if (h == FailureModel.Horizons.Length - 1) writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }
}
