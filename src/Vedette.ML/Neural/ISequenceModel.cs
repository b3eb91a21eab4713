namespace Vedette.ML.Neural;

/// <summary>A fitted model of sequences of integer tokens that tells how unexpected each token is after those before it.</summary>
/// <remarks>Immutable once fitted; scoring is thread-safe. Saved by <see cref="Save"/>, read back by a static <c>Load(Stream)</c>.</remarks>
public interface ISequenceModel
{
    /// <summary>Known tokens are 0 to Vocabulary - 1; every other number is the unknown token.</summary>
    int Vocabulary { get; }

    /// <summary>The most tokens before a step that can influence it.</summary>
    int Window { get; }

    /// <summary>How unexpected an unknown token is, in nats: minus the logarithm of the Good–Turing estimate of meeting something never seen.</summary>
    float UnknownSurprisal { get; }

    /// <summary>−ln p of each token given those before it in the same sequence.</summary>
    /// <param name="tokens">One whole sequence, of any length.</param>
    /// <param name="surprisal">Receives one value per token, in nats, at least 0. Tokens further in than the window see at least half a window of history.</param>
    /// <exception cref="ArgumentException">The two lengths differ.</exception>
    void Surprisal(ReadOnlySpan<int> tokens, Span<float> surprisal);

    /// <summary>−ln p of the last token alone, given up to a window before it: cheaper than <see cref="Surprisal"/> where events arrive one by one.</summary>
    /// <param name="tokens">The sequence so far, at least one token.</param>
    /// <exception cref="ArgumentException">There is no token.</exception>
    float SurprisalOfLast(ReadOnlySpan<int> tokens);

    /// <summary>Writes the model as one <see cref="Files.ModelFile"/>.</summary>
    void Save(Stream stream);
}
