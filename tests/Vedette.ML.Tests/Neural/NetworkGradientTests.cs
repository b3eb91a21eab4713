using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

/// <summary>Whole networks against differences: several windows, dropout, unknown tokens.</summary>
public class NetworkGradientTests
{
    [Theory]
    [InlineData("transformer", 0f)]
    [InlineData("transformer", 0.3f)]
    [InlineData("lstm", 0f)]
    [InlineData("lstm", 0.3f)]
    public void LanguageModelGradientsMatchDifferencesUnderTheSameDropout(string kind, float dropout)
    {
        SequenceNetwork network = kind == "lstm"
            ? new LstmNetwork(new LstmOptions { Vocabulary = 6, Dimension = 4, HiddenDimension = 5, Layers = 2 })
            : new TransformerNetwork(new TransformerOptions
            {
                Vocabulary = 6, Dimension = 8, Heads = 2, InnerDimension = 10, Layers = 2, Window = 5, Activation = Activation.Gelu,
            });
        var random = new SeededRandom(1);
        network.Initialize(ref random);
        float[] noise = GradientCheck.Random(network.ParameterCount, 2, 0.5);
        for (int i = 0; i < noise.Length; i++) network.Parameters[i] += noise[i];
        var batch = new SequenceBatch(6);
        batch.Add([3, 1, 99, 0, 5, 2, 2], 0, 5);
        batch.Add([3, 1, 99, 0, 5, 2, 2], 3, 7);
        batch.Add([4], 0, 1);
        SequenceWorkspace workspace = network.CreateWorkspace();
        workspace.DropoutRate = dropout;
        double Loss(float[] gradients)
        {
            network.Pack();
            network.PackForBackward();
            workspace.Random = new SeededRandom(7);
            return 0.25 * network.LossAndGradients(batch, workspace, 0.25f, gradients);
        }
        float[] gradients = new float[network.ParameterCount], ignored = new float[network.ParameterCount];

        Loss(gradients);

        GradientCheck.AssertMatches(network.Parameters, gradients, () => Loss(ignored));
    }

    [Theory]
    [InlineData(Normalization.None)]
    [InlineData(Normalization.Batch)]
    [InlineData(Normalization.Layer)]
    public void DenseNetworkGradientsMatchDifferencesUnderTheSameDropout(Normalization normalization)
    {
        const int rows = 9;
        var network = new DenseLayers(3, [7, 5], normalization);
        var random = new SeededRandom(1);
        network.Initialize(ref random, logOdds: 0.2f);
        // Without noise the biases are 0, and a row whose inputs were all dropped would lie exactly on a corner of ReLU.
        float[] noise = GradientCheck.Random(network.Parameters.Length, 5, 0.3);
        for (int i = 0; i < noise.Length; i++) network.Parameters[i] += noise[i];
        DenseLayers.Workspace workspace = network.CreateWorkspace();
        workspace.Input = GradientCheck.Random(rows * 3, 2);
        float[] weights = GradientCheck.Random(rows, 3), logits = new float[rows], gradients = new float[network.Parameters.Length];
        double Loss()
        {
            network.Pack();
            var dropout = new SeededRandom(4);
            network.Forward(workspace, rows, 0.2f, ref dropout, logits);
            return GradientCheck.Weigh(weights, logits);
        }

        Loss();
        network.PackForBackward();
        network.Backward(workspace, rows, 0.2f, weights, gradients);

        // Short steps, so that none leads over a corner.
        GradientCheck.AssertMatches(network.Parameters, gradients, Loss, tolerance: 0.01, step: 2e-4f);
    }
}
