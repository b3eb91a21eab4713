namespace Vedette.Engine.Redaction;

/// <summary>Tells payment card numbers from other digits: 15 or 16 of them, an issuer's first digits, and the check digit of Luhn (ISO/IEC 7812-1).</summary>
internal static class CardNumber
{
    private const int MaxDigits = 16;

    /// <summary>Looks at the digits that begin here; where they are no card, <paramref name="end"/> is behind them.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, int first, out int start, out int end)
    {
        start = end = first;
        Span<byte> digits = stackalloc byte[MaxDigits + 1];
        int count = 0;
        bool isAlone = first == 0 || !char.IsAsciiLetterOrDigit((char)text[first - 1]);
        for (; end < text.Length; end++)
        {
            byte b = text[end];
            if (char.IsAsciiDigit((char)b))
            {
                if (count <= MaxDigits) digits[count++] = (byte)(b - '0');
            }
            // Groups of digits with one blank or hyphen between are still one number.
            else if (b is not ((byte)' ' or (byte)'-') || count == 0 || end + 1 >= text.Length || !char.IsAsciiDigit((char)text[end + 1]) || count > MaxDigits)
            {
                break;
            }
        }
        if (end < text.Length && char.IsAsciiLetter((char)text[end])) isAlone = false;
        return isAlone && count is 15 or MaxDigits && IsIssued(digits[..count]) && HasCheckDigit(digits[..count]);
    }

    /// <summary>American Express has 15 digits; Visa, Mastercard and Discover 16.</summary>
    private static bool IsIssued(ReadOnlySpan<byte> digits)
    {
        int two = digits[0] * 10 + digits[1], four = two * 100 + digits[2] * 10 + digits[3];
        return digits.Length == 15 ? two is 34 or 37 : digits[0] == 4 || two is >= 51 and <= 55 || four is >= 2221 and <= 2720 || four == 6011 || two == 65;
    }

    private static bool HasCheckDigit(ReadOnlySpan<byte> digits)
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
}
