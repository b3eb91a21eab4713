using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>How the ids of a kind of object look.</summary>
internal enum IdFormat
{
    /// <summary>Consecutive numbers.</summary>
    Number,

    /// <summary>Random-looking UUIDs.</summary>
    Uuid,

    /// <summary>Words joined by hyphens.</summary>
    Slug,

    /// <summary>Letters and digits as on a label: <c>KX-4821-B</c>.</summary>
    Code,

    /// <summary>Eleven characters of base64url, as short links have.</summary>
    Short,
}

/// <summary>A kind of thing that ids name: products, orders, accounts.</summary>
internal sealed class ObjectKind
{
    public required string Name { get; init; }

    public required int Index { get; init; }

    public required long Count { get; init; }

    public required IdFormat Format { get; init; }

    /// <summary>Number of the first object, for <see cref="IdFormat.Number"/>.</summary>
    public long First { get; init; } = 1;

    /// <summary>How many of them a user owns; 0 for public objects, which everybody may see.</summary>
    public int PerUser { get; init; }

    public bool IsOwned => PerUser > 0;

    /// <summary>Draws the object a visitor would ask for: a popular one, or one of his own.</summary>
    public long Draw(RandomSource random, Client client) =>
        IsOwned ? Own(client, random.Skewed(PerUser, 1.6)) : random.Skewed((int)Count, 2.2);

    /// <summary>Number <paramref name="nth"/> of the objects the client owns.</summary>
    public long Own(Client client, int nth) =>
        (long)(RandomSource.Mix(client.Seed + (ulong)(Index * 1009 + nth) * 0x9E3779B97F4A7C15UL) % (ulong)Count);

    public void AppendId(TextBuffer text, long index)
    {
        ulong mixed = RandomSource.Mix((ulong)index * 31 + (ulong)Index + 0xABCD);
        switch (Format)
        {
            case IdFormat.Number:
                text.Append(First + index);
                break;
            case IdFormat.Uuid:
                AppendUuid(text, mixed);
                break;
            case IdFormat.Slug:
                Vocabulary.AppendSlug(text, index);
                break;
            case IdFormat.Code:
                text.Append((char)('A' + mixed % 26));
                text.Append((char)('A' + mixed / 26 % 26));
                text.Append('-');
                text.Append(1000 + index);
                text.Append('-');
                text.Append((char)('A' + mixed / 676 % 26));
                break;
            default:
                Vocabulary.AppendBase64Url(text, mixed, 11);
                break;
        }
    }

    /// <summary>A version 4 UUID whose digits depend on <paramref name="mixed"/> alone.</summary>
    public static void AppendUuid(TextBuffer text, ulong mixed)
    {
        ulong low = RandomSource.Mix(mixed + 1);
        text.AppendHex(mixed >> 32, 8);
        text.Append('-');
        text.AppendHex(mixed >> 16, 4);
        text.Append("-4");
        text.AppendHex(mixed, 3);
        text.Append('-');
        text.AppendHex(8 + (low >> 62), 1);
        text.AppendHex(low >> 48, 3);
        text.Append('-');
        text.AppendHex(low, 12);
    }
}
