using System.Text.Json;
using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

/// <summary>The networks against PyTorch 1.13 with the same weights: outputs and every gradient.</summary>
public class TorchReferenceTests
{
    [Fact]
    public void TransformerGivesTorchsSurprisalAndGradients()
    {
        JsonElement reference = ReferenceValues.Neural("transformer");
        var network = new TransformerNetwork(new TransformerOptions
        {
            Vocabulary = 7, Dimension = 8, Heads = 2, InnerDimension = 12, Window = 6, Layers = 2, Activation = Activation.Gelu,
        });
        var places = new List<(string Name, Slice Slice, bool Transposed)>
        {
            ("embedding.weight", network.Embedding, false), ("positions.weight", network.Positions, false),
            ("encoder.norm.weight", network.LastNorm.Gain, false), ("encoder.norm.bias", network.LastNorm.Shift, false),
        };
        AddLinear(places, "head.", network.Head);
        for (int i = 0; i < 2; i++)
        {
            TransformerLayer layer = network.Layers[i];
            string name = $"encoder.layers.{i}.";
            places.Add((name + "self_attn.in_proj_weight", layer.QueryKeyValue.Weight, true));
            places.Add((name + "self_attn.in_proj_bias", layer.QueryKeyValue.Bias, false));
            AddLinear(places, name + "self_attn.out_proj.", layer.Projection);
            AddLinear(places, name + "linear1.", layer.Up);
            AddLinear(places, name + "linear2.", layer.Down);
            places.Add((name + "norm1.weight", layer.AttentionNorm.Gain, false));
            places.Add((name + "norm1.bias", layer.AttentionNorm.Shift, false));
            places.Add((name + "norm2.weight", layer.FeedForwardNorm.Gain, false));
            places.Add((name + "norm2.bias", layer.FeedForwardNorm.Shift, false));
        }

        AssertMatches(network, reference, places);
    }

    [Fact]
    public void LstmGivesTorchsSurprisalAndGradients()
    {
        JsonElement reference = ReferenceValues.Neural("lstm");
        var network = new LstmNetwork(new LstmOptions { Vocabulary = 7, Dimension = 5, HiddenDimension = 6, Layers = 2 });
        var places = new List<(string Name, Slice Slice, bool Transposed)> { ("embedding.weight", network.Embedding, false) };
        AddLinear(places, "head.", network.Head);
        for (int i = 0; i < 2; i++)
        {
            places.Add(($"net.weight_ih_l{i}", network.Layers[i].Input.Weight, true));
            places.Add(($"net.weight_hh_l{i}", network.Layers[i].Recurrent, true));
            // Torch has two biases that are added; each has the gradient of the sum.
            places.Add(($"net.bias_ih_l{i}", network.Layers[i].Input.Bias, false));
            places.Add(($"net.bias_hh_l{i}", network.Layers[i].Input.Bias, false));
        }

        AssertMatches(network, reference, places);
    }

    private static void AssertMatches(SequenceNetwork network, JsonElement reference, List<(string Name, Slice Slice, bool Transposed)> places)
    {
        JsonElement weights = reference.GetProperty("weights");
        Assert.Equal(weights.EnumerateObject().Count(), places.Count);
        network.Parameters = new float[network.ParameterCount];
        foreach ((string name, Slice slice, bool transposed) in places)
        {
            float[] values = Arrange(weights.GetProperty(name).Floats("value"), slice, transposed);
            for (int i = 0; i < values.Length; i++) slice.Of(network.Parameters)[i] += values[i];
        }
        network.Pack();
        network.PackForBackward();
        int[] tokens = reference.Integers("tokens");
        var batch = new SequenceBatch(network.Vocabulary);
        batch.Add(tokens, 0, tokens.Length);
        SequenceWorkspace workspace = network.CreateWorkspace();
        float[] surprisal = new float[tokens.Length], gradients = new float[network.ParameterCount];

        network.Surprisal(batch, workspace, 0, 0, surprisal);
        network.LossAndGradients(batch, workspace, 1f / tokens.Length, gradients);

        ReferenceValues.AssertClose(reference.Floats("surprisal"), surprisal, 1e-5);
        foreach ((string name, Slice slice, bool transposed) in places)
            ReferenceValues.AssertClose(Arrange(weights.GetProperty(name).Floats("gradient"), slice, transposed), slice.Of(gradients), 1e-5);
    }

    private static void AddLinear(List<(string Name, Slice Slice, bool Transposed)> places, string name, DenseLayer layer)
    {
        places.Add((name + "weight", layer.Weight, true));
        places.Add((name + "bias", layer.Bias, false));
    }

    /// <summary>Torch keeps (outputs, inputs), we keep (inputs, outputs).</summary>
    private static float[] Arrange(float[] values, Slice slice, bool transposed)
    {
        Assert.Equal(slice.Length, values.Length);
        if (!transposed) return values;
        float[] result = new float[values.Length];
        for (int row = 0; row < slice.Rows; row++)
            for (int column = 0; column < slice.Columns; column++) result[row * slice.Columns + column] = values[column * slice.Rows + row];
        return result;
    }
}
