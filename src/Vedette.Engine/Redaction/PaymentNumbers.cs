namespace Vedette.Engine.Redaction;

/// <summary>Finds payment card numbers (ISO/IEC 7812, Luhn's check digit) and IBANs (ISO 13616, remainder modulo 97).</summary>
internal static class PaymentNumbers
{
    private const int MinCard = 13;
    private const int MaxCard = 19;
    private const int MinIban = 15;
    private const int MaxIban = 34;

    /// <summary>Looks at the word in [<paramref name="start"/>, <paramref name="end"/>) and the groups behind it.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, int start, int end, out int secretStart, out int secretEnd)
    {
        secretStart = start;
        if (TryIban(text, start, out secretEnd)) return true;
        // A word may begin with letters or the hexadecimal digits of an encoded space: look at each run of digits in it.
        for (int at = start; at < end;)
        {
            int step = text[at..end].IndexOfAnyInRange((byte)'0', (byte)'9');
            if (step < 0) break;
            at += step;
            // Behind %20 the number begins after the two digits of the encoded space.
            if (at >= 1 && text[at - 1] == '%' && at + 2 < end) at += 2;
            if (TryCard(text, at, out secretEnd))
            {
                secretStart = at;
                return true;
            }
            int digits = text[at..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0) break;
            at += digits;
        }
        secretEnd = start;
        return false;
    }

    /// <summary>13 to 19 digits, in one piece or in groups of four with a space, plus or hyphen between, that begin like the number of a card.</summary>
    private static bool TryCard(ReadOnlySpan<byte> text, int start, out int end)
    {
        Span<byte> digits = stackalloc byte[MaxCard + 1];
        int count = 0, at = start;
        end = start;
        if (text[start] is not (>= (byte)'2' and <= (byte)'6')) return false;
        if (start > 0 && char.IsAsciiLetter((char)text[start - 1])) return false;
        while (at < text.Length && count <= MaxCard)
        {
            if (char.IsAsciiDigit((char)text[at])) digits[count++] = (byte)(text[at++] - '0');
            else if (count > 0 && count % 4 == 0 && SeparatorLength(text[at..]) is > 0 and var length && at + length < text.Length && char.IsAsciiDigit((char)text[at + length])) at += length;
            else break;
        }
        end = at;
        // A letter behind it makes it part of an identifier.
        bool stands = at >= text.Length || !char.IsAsciiLetterOrDigit((char)text[at]);
        return stands && count is >= MinCard and <= MaxCard && IsIssued(digits[..count]) && IsLuhn(digits[..count]) && !IsOneDigit(digits[..count]);
    }

    /// <summary>Lengths and first digits in use: without them one in ten long numbers would pass for a card.</summary>
    private static bool IsIssued(ReadOnlySpan<byte> digits)
    {
        int two = digits[0] * 10 + digits[1], four = two * 100 + digits[2] * 10 + digits[3];
        return digits.Length switch
        {
            13 or 19 => digits[0] == 4,
            14 => two is 30 or 36 or 38 or 39,
            15 => two is 34 or 37,
            16 => digits[0] == 4 || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 || four is 6011 or >= 3528 and <= 3589 || two is 62 or 65 || four / 10 is >= 644 and <= 649,
            _ => false,
        };
    }

    private static int SeparatorLength(ReadOnlySpan<byte> text) => text[0] is (byte)' ' or (byte)'-' or (byte)'+' ? 1 : text.StartsWith("%20"u8) ? 3 : 0;

    private static bool IsLuhn(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)];
            if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    private static bool IsOneDigit(ReadOnlySpan<byte> digits) => digits.IndexOfAnyExcept(digits[0]) < 0;

    /// <summary>Country, two check digits, up to 30 letters and digits, in one piece or in groups of four.</summary>
    private static bool TryIban(ReadOnlySpan<byte> text, int start, out int end)
    {
        end = start;
        if (text.Length - start < MinIban || !char.IsAsciiLetterUpper((char)text[start]) || !char.IsAsciiLetterUpper((char)text[start + 1])
            || !char.IsAsciiDigit((char)text[start + 2]) || !char.IsAsciiDigit((char)text[start + 3])) return false;
        Span<byte> characters = stackalloc byte[MaxIban + 1];
        int count = 0, at = start;
        while (at < text.Length && count <= MaxIban)
        {
            if (char.IsAsciiDigit((char)text[at]) || char.IsAsciiLetterUpper((char)text[at])) characters[count++] = text[at++];
            else if (count % 4 == 0 && SeparatorLength(text[at..]) is > 0 and var length && at + length < text.Length && char.IsAsciiDigit((char)text[at + length])) at += length;
            else break;
        }
        end = at;
        return count is >= MinIban and <= MaxIban && (at >= text.Length || !char.IsAsciiLetterOrDigit((char)text[at])) && IsMod97(characters[..count]);
    }

    private static bool IsMod97(ReadOnlySpan<byte> iban)
    {
        int remainder = 0;
        for (int i = 0; i < iban.Length; i++)
        {
            byte b = iban[(i + 4) % iban.Length];
            remainder = b <= '9' ? (remainder * 10 + (b - '0')) % 97 : (remainder * 100 + (b - 'A' + 10)) % 97;
        }
        return remainder == 1;
    }
}
