namespace Vedette.Engine.Redaction;

/// <summary>What is masked before anything is kept. Credentials in known places always are.</summary>
public sealed record RedactionOptions
{
    /// <summary>Further names of parameters, fields, headers and cookies whose values are masked; only letters and digits matter, not their case. Default none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Names whose values stay although they look like secrets, for example <c>page_token</c>. Default none.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Masks payment card numbers and IBANs, wherever they stand. Default true.</summary>
    public bool PaymentNumbers { get; init; } = true;

    /// <summary>Masks who an e-mail address belongs to, wherever it stands. Default false: addresses often are the user names that tell callers apart.</summary>
    public bool EmailAddresses { get; init; }

    /// <summary>Masks telephone numbers in international form (<c>+49 30 1234567</c>). Default false.</summary>
    public bool PhoneNumbers { get; init; }

    internal IEnumerable<string> Problems()
    {
        foreach ((string setting, IReadOnlyList<string> names) in ((string, IReadOnlyList<string>)[])[(nameof(Names), Names), (nameof(Keep), Keep)])
            foreach (string name in names)
                if (SecretNames.Normalize(name).Length is < 2 or > SecretNames.MaxLength) yield return $"Redaction:{setting} holds '{name}'; a name has 2 to {SecretNames.MaxLength} letters and digits.";
    }
}
