using Vedette.Engine.Learning;

namespace Vedette.Lab.Evaluation;

/// <summary>Collects what each trained model says of each window of addresses while the engine works, for an evaluation.</summary>
internal sealed class ModelVotes
{
    private const long MicrosPerMinute = 60_000_000;
    private const string ConsensusName = "ensemble";

    private readonly Dictionary<(ulong Caller, long Minute), float[]> _votes = [];
    private IReadOnlyList<string> _models = [];

    /// <summary>Takes the windows of a minute.</summary>
    public void Add(WindowBatch batch)
    {
        if (batch.Models.Count == 0) return;
        _models = batch.Models;
        int signatures = IndexOf("signature_score");
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.IsPrincipal(i)) continue;
            float[] votes = [.. batch.Votes(i), batch.Row(i)[signatures], batch.AnomalyScore(i)];
            _votes[(batch.Caller(i), (batch.Time(i) - 1) / MicrosPerMinute)] = votes;
        }
    }

    /// <summary>Scores of all windows, by model; a window that was not judged has 0.</summary>
    public IEnumerable<ModelScores> ScoresOf(WindowTable windows)
    {
        if (_models.Count == 0) yield break;
        string[] names = [.. _models, ModelNames.Signatures, ConsensusName];
        for (int model = 0; model < names.Length; model++)
        {
            float[] scores = new float[windows.Count];
            for (int i = 0; i < scores.Length; i++)
            {
                CallerWindow window = windows.Windows[i];
                if (_votes.TryGetValue((CallerKey.OfAddress(window.Caller), window.Minute), out float[]? votes) && !float.IsNaN(votes[model])) scores[i] = votes[model];
            }
            yield return new ModelScores(names[model], scores, 0.5f);
        }
    }

    private static int IndexOf(string feature)
    {
        int index = 0;
        while (WindowFeatures.All[index].Name != feature) index++;
        return index;
    }
}
