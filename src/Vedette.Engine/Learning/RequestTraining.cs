using Vedette.ML.Isolation;

namespace Vedette.Engine.Learning;

/// <summary>Learns what is usual on each route, and fits the forest over single requests.</summary>
internal static class RequestTraining
{
    private const int MinRequests = 50;

    public static Vocabulary LearnRoutes(TrainingData data)
    {
        double all = Math.Max(1, data.RequestCount);
        return new Vocabulary(data.Requests.Where(static facts => !facts.IsSuspect).GroupBy(static facts => facts.Route)
            .Select(group => (Template: group.Key < data.Templates.Count ? data.Templates[group.Key] : null, Requests: group.ToArray()))
            .Where(static route => route.Template is not null)
            .GroupBy(static route => route.Template!, static route => route.Requests, StringComparer.Ordinal)
            .OrderByDescending(static route => route.Sum(static requests => requests.Length)).ThenBy(static route => route.Key, StringComparer.Ordinal)
            .Select(route => RouteProfile.Learn(route.Key, [.. route.SelectMany(static requests => requests)], route.Sum(static requests => requests.Length) / all)));
    }

    public static RequestModels? Fit(TrainingData data, Vocabulary vocabulary, TrainerOptions options)
    {
        RequestFacts[] ordinary = [.. data.Requests.Where(static facts => !facts.IsSuspect)];
        if (ordinary.Length < MinRequests) return null;
        int width = RequestFeatures.Count, kept = (int)(ordinary.Length * (1 - options.HoldOut));
        float[] rows = new float[ordinary.Length * width];
        for (int i = 0; i < ordinary.Length; i++)
        {
            string? template = ordinary[i].Route < data.Templates.Count ? data.Templates[ordinary[i].Route] : null;
            RequestFeatures.Read(ordinary[i], vocabulary.Profile(template is null ? -1 : vocabulary.IndexOf(template)), rows.AsSpan(i * width, width));
        }
        FeatureScale scale = FeatureScale.Fit(rows.AsSpan(0, kept * width), width);
        scale.Apply(rows, rows);
        var forest = IsolationForest.Fit(rows.AsSpan(0, kept * width), width, new IsolationForestOptions { Trees = 300, Seed = options.Seed + 1, MaxThreads = options.MaxThreads });
        float[] scores = new float[ordinary.Length - kept];
        forest.Score(rows.AsSpan(kept * width), scores);
        return new RequestModels(scale, forest, [.. scores.Select(static score => (double)score)]);
    }
}
