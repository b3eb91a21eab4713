namespace Vedette.ML.Neural;

/// <summary>Gives a network the weights of a file.</summary>
internal static class SequenceNetworkFile
{
    public static void Adopt(SequenceNetwork network, float[] parameters)
    {
        if (parameters.Length != network.ParameterCount)
            throw new InvalidDataException($"The model file holds {parameters.Length} values where {network.ParameterCount} are needed.");
        network.Parameters = parameters;
        network.Pack();
    }
}
