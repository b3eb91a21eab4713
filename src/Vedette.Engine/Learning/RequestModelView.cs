using Vedette.ML.Tails;

namespace Vedette.Engine.Learning;

/// <summary>The part of a set of models that single requests are judged by. Immutable, thread-safe.</summary>
internal sealed class RequestModelView
{
    private readonly ConformalTail? _surprise;

    public RequestModelView(ModelSet models)
    {
        Models = models;
        Transformer = models.Parts.SequenceModels.FirstOrDefault(static model => model.Name == ModelNames.Transformer);
        _surprise = Transformer is null ? null : ConformalTail.Fit(Transformer.NullScores);
    }

    public ModelSet Models { get; }

    public Vocabulary Vocabulary => Models.Parts.Vocabulary;

    public RequestModels? Requests => Models.Parts.Requests;

    public SequenceModel? Transformer { get; }

    /// <summary>The vote about a session of this mean surprise.</summary>
    public float SequenceVote(double surprise) => VoteScale.Vote(_surprise!.PValue(surprise));
}
