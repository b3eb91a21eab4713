namespace Vedette.ML;

/// <summary>How much a row of each class counts while fitting.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts the same: probabilities keep the training data's base rate.</summary>
    Uniform,

    /// <summary>Both classes count the same in sum, rows/(2·rows of the class) each: for rare positives. Probabilities are those of an even mix.</summary>
    Balanced,
}

/// <summary>Turns a <see cref="ClassWeighting"/> into numbers.</summary>
internal static class ClassWeights
{
    /// <summary>Weights of a row of class 0 and of class 1; 1 and 1 if a class has no row.</summary>
    public static (float Negative, float Positive) Of(ClassWeighting weighting, ReadOnlySpan<float> labels)
    {
        long positives = 0;
        foreach (float label in labels) positives += label == 1 ? 1 : 0;
        long negatives = labels.Length - positives;
        if (weighting == ClassWeighting.Uniform || positives == 0 || negatives == 0) return (1, 1);
        return ((float)(labels.Length / (2.0 * negatives)), (float)(labels.Length / (2.0 * positives)));
    }
}
