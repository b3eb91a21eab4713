using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

public class LayerGradientTests
{
    private const int Rows = 5;

    [Fact]
    public void LinearLayerGradientsMatchDifferences()
    {
        var layout = new ParameterLayout();
        var layer = new DenseLayer(layout, 6, 9);
        float[] parameters = GradientCheck.Random(layout.Count, 1), x = GradientCheck.Random(Rows * 6, 2), weights = GradientCheck.Random(Rows * 9, 3);
        float[] gradients = new float[layout.Count], dx = new float[x.Length], y = new float[weights.Length];
        double Loss()
        {
            layer.Pack(parameters);
            layer.Forward(parameters, x, Rows, y);
            return GradientCheck.Weigh(weights, y);
        }

        layer.PackForBackward(parameters);
        layer.BackwardWeights(x, weights, Rows, gradients, new PackedMatrix());
        layer.BackwardInput(weights, Rows, dx);

        GradientCheck.AssertMatches(parameters, gradients, Loss);
        GradientCheck.AssertMatches(x, dx, Loss);
    }

    [Fact]
    public void LayerNormGradientsMatchDifferencesAndAddToTheResidualPath()
    {
        const int width = 7;
        var layout = new ParameterLayout();
        var layer = new LayerNorm(layout, width);
        float[] parameters = GradientCheck.Random(layout.Count, 1), x = GradientCheck.Random(Rows * width, 2), weights = GradientCheck.Random(Rows * width, 3);
        float[] unit = new float[x.Length], inverse = new float[Rows], y = new float[x.Length];
        float[] gradients = new float[layout.Count], dx = [.. weights];
        double Loss()
        {
            layer.Forward(parameters, x, Rows, unit, inverse, y);
            return GradientCheck.Weigh(weights, y) + GradientCheck.Weigh(weights, x);
        }

        Loss();
        layer.Backward(parameters, unit, inverse, weights, Rows, gradients, dx, new float[width]);

        GradientCheck.AssertMatches(parameters, gradients, Loss);
        GradientCheck.AssertMatches(x, dx, Loss);
    }

    [Fact]
    public void BatchNormGradientsMatchDifferences()
    {
        const int width = 3;
        var layout = new ParameterLayout();
        var averages = new ParameterLayout();
        var layer = new BatchNorm(layout, averages, width);
        float[] parameters = GradientCheck.Random(layout.Count, 1), x = GradientCheck.Random(Rows * width, 2), weights = GradientCheck.Random(Rows * width, 3);
        float[] unit = new float[x.Length], inverse = new float[width], y = new float[x.Length], running = new float[averages.Count];
        float[] gradients = new float[layout.Count], dx = [.. weights];
        double Loss()
        {
            layer.Forward(parameters, running, x, Rows, unit, inverse, y);
            return GradientCheck.Weigh(weights, y);
        }

        Loss();
        layer.Backward(parameters, unit, inverse, dx, Rows, gradients);

        GradientCheck.AssertMatches(parameters, gradients, Loss);
        GradientCheck.AssertMatches(x, dx, Loss);
    }

    [Fact]
    public void AttentionGradientsMatchDifferencesInEachWindow()
    {
        const int width = 6, heads = 2;
        int[] starts = [0, 1, 5, 8];
        float[] qkv = GradientCheck.Random(8 * 3 * width, 1), weights = GradientCheck.Random(8 * width, 2);
        float[] attention = new float[heads * (1 + 16 + 9)], output = new float[weights.Length], dQkv = new float[qkv.Length];
        double Loss()
        {
            CausalAttention.Forward(qkv, starts, width, heads, attention, output);
            return GradientCheck.Weigh(weights, output);
        }

        Loss();
        CausalAttention.Backward(qkv, starts, width, heads, attention, weights, dQkv, new float[4]);

        GradientCheck.AssertMatches(qkv, dQkv, Loss);
    }

    [Fact]
    public void LstmGradientsMatchDifferencesForWindowsOfDifferentLength()
    {
        const int inputs = 4, hidden = 5;
        var order = new StepOrder();
        order.Arrange([0, 2, 5, 6]);
        var layout = new ParameterLayout();
        var layer = new LstmLayer(layout, inputs, hidden);
        float[] parameters = GradientCheck.Random(layout.Count, 1, 0.5), x = GradientCheck.Random(6 * inputs, 2), weights = GradientCheck.Random(6 * hidden, 3);
        float[] gradients = new float[layout.Count], dx = new float[x.Length];
        var state = new LstmLayer.State();
        double Loss()
        {
            layer.Pack(parameters);
            layer.Forward(parameters, x, order.Steps, state);
            return GradientCheck.Weigh(weights, state.Outputs);
        }

        Loss();
        layer.PackForBackward(parameters);
        layer.Backward(x, order.Steps, state, [.. weights], dx, gradients, new PackedMatrix());

        GradientCheck.AssertMatches(parameters, gradients, Loss);
        GradientCheck.AssertMatches(x, dx, Loss);
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void ActivationGradientsMatchDifferences(Activation kind)
    {
        // Not near 0, where ReLU has no derivative.
        float[] x = [-3, -1.5f, -0.4f, -0.05f, 0.05f, 0.3f, 1, 2.5f], weights = GradientCheck.Random(8, 1), y = new float[8], gradient = [.. weights];

        Activations.Backward(kind, x, gradient, new float[8]);

        GradientCheck.AssertMatches(x, gradient, () =>
        {
            Activations.Forward(kind, x, y);
            return GradientCheck.Weigh(weights, y);
        });
    }

    [Fact]
    public void SoftmaxCrossEntropyGradientMatchesDifferencesAndSurvivesHugeLogits()
    {
        float[] logits = GradientCheck.Random(9, 1), gradient = [.. logits];

        float loss = SoftmaxCrossEntropy.LossAndGradient(gradient, 4, 0.5f);

        GradientCheck.AssertMatches(logits, gradient, () => 0.5 * SoftmaxCrossEntropy.Loss([.. logits], 4));
        Assert.Equal(loss, SoftmaxCrossEntropy.Loss([.. logits], 4), 1e-6f);
        Assert.Equal(1000f, SoftmaxCrossEntropy.Loss([500, -500, -400], 1), 1e-3f);
    }

    [Fact]
    public void DropoutKeepsTheMeanAndSendsGradientsThroughTheSameMask()
    {
        var random = new SeededRandom(3);
        float[] values = new float[40_001], mask = new float[values.Length], gradient = new float[values.Length];
        Array.Fill(values, 1);
        Array.Fill(gradient, 1);

        Dropout.Forward(values, 0.3f, ref random, mask);
        Dropout.Backward(gradient, 0.3f, mask);

        Assert.Equal(1, values.Average(), 0.02);
        Assert.Equal(0.3, values.Count(value => value == 0) / (double)values.Length, 0.01);
        Assert.Equal(values, gradient);
    }
}
