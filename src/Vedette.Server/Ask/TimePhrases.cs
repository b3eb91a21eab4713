using System.Globalization;
using Vedette.Server.Api;

namespace Vedette.Server.Ask;

/// <summary>Reads when: "in the last ten minutes", "since 9am", "between 14:00 and 15:00", "two hours ago"; days are for <see cref="DayPhrases"/>. All in UTC.</summary>
internal static class TimePhrases
{
    /// <summary>What "now" looks back on: an incident goes on while there was news of it within this time.</summary>
    private const string Now = "15m";

    private static readonly string[] Comparing = ["compare", "compared", "versus", "vs", "than yesterday", "than last week"];

    public static void Read(Words words, Filter filter, DateTimeOffset now)
    {
        if (Comparing.Any(phrase => words.Find(phrase) >= 0)) ReadComparison(words, filter, now);
        if (ReadDuration(words, filter) || ReadBetween(words, filter, now)) return;
        ReadSince(words, filter, now);
        if (!filter.Has("from") && !ReadAgo(words, filter, now)) DayPhrases.Read(words, filter, now);
        if (!filter.Has("from") && !filter.Has("to") && words.Take("right now", "just now", "at the moment", "currently", "ongoing", "going on now", "now") >= 0) filter["last"] = Now;
    }

    private static void ReadComparison(Words words, Filter filter, DateTimeOffset now)
    {
        words.Take("compared to", "compared with", "compare", "versus", "vs");
        words.Take("higher", "lower", "busier", "slower", "faster", "more", "less", "worse", "better");
        int yesterday = words.Take("than yesterday", "with yesterday", "to yesterday", "and yesterday", "yesterday", "with the day before", "with previous day");
        if (yesterday >= 0) filter["compare"] = "1d";
        else if (words.Take("than last week", "with last week", "to last week", "and last week", "last week", "previous week", "with the week before") >= 0) filter["compare"] = "7d";
        else filter["compare"] = "previous";
        // What is compared with a day needs a day.
        if (words.Find("today") < 0 && words.Find("last") < 0 && words.Find("past") < 0 && filter["compare"] == "1d") filter["from"] = Stamp(now.UtcDateTime.Date);
    }

    private static bool ReadDuration(Words words, Filter filter)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words.At(i) is not ("last" or "past" or "previous" or "recent")) continue;
            int at = i + 1;
            double amount = 1;
            int used = 1;
            if (words.At(at) == "half")
            {
                int skip = words.At(at + 1) is "an" or "a" ? 2 : 1;
                amount = 0.5;
                at += skip;
                used += skip;
            }
            else if (TryNumber(words.At(at), out amount))
            {
                at++;
                used++;
            }
            else if (words.At(at) == "couple")
            {
                amount = 2;
                int skip = words.At(at + 1) == "of" ? 2 : 1;
                at += skip;
                used += skip;
            }
            else
            {
                amount = 1;
            }
            if (UnitOf(words.At(at)) is not { } unit || (used == 1 && unit is 'w' or 'M')) continue;
            words.Use(i, used + 1);
            TakeBefore(words, i, "in", "the", "over", "during", "within");
            filter["last"] = Duration(amount, unit);
            return true;
        }
        return false;
    }

    /// <summary>"between monday and wednesday", "from 2pm to 3pm": a day at the end is meant with all its hours.</summary>
    private static bool ReadBetween(Words words, Filter filter, DateTimeOffset now)
    {
        int between = words.Find("between");
        if (between < 0) between = words.Find("from");
        if (between < 0 || !TryTime(words, between + 1, now, out DateTime from, out int first)) return false;
        int and = between + 1 + first;
        if (words.At(and) is not ("and" or "to" or "until" or "till") || !TryTime(words, and + 1, now, out DateTime to, out int second)) return false;
        if (IsDay(words.At(and + 1), now)) to = to.AddDays(1);
        words.Use(between, 2 + first + second);
        if (words.Take("yesterday") >= 0)
        {
            from = from.AddDays(-1);
            to = to.AddDays(-1);
        }
        else
        {
            words.Take("today");
        }
        filter["from"] = Stamp(from);
        filter["to"] = Stamp(to);
        return true;
    }

    /// <summary>"two hours ago": since then; "three days ago": that day.</summary>
    private static bool ReadAgo(Words words, Filter filter, DateTimeOffset now)
    {
        int ago = words.Find("ago");
        if (ago < 2 || UnitOf(words.At(ago - 1)) is not { } unit) return false;
        string number = words.At(ago - 2);
        if (number is "a" or "an") number = "one";
        if (!TryNumber(number, out double amount) || !AskRange.TryDuration(Duration(amount, unit), out TimeSpan back)) return false;
        words.Use(ago - 2, 3);
        bool isSince = words.Take("since", "after", "starting") >= 0;
        DateTime then = now.UtcDateTime - back;
        if (isSince || back < TimeSpan.FromDays(1)) filter["from"] = Stamp(then);
        else Set(filter, then.Date, then.Date.AddDays(1));
        return true;
    }

    private static void ReadSince(Words words, Filter filter, DateTimeOffset now)
    {
        foreach ((string field, string[] beginnings) in new[] { ("from", new[] { "since", "after", "starting" }), ("to", ["until", "before"]) })
        {
            foreach (string beginning in beginnings)
            {
                int at = words.Find(beginning);
                if (at < 0 || !TryTime(words, at + 1, now, out DateTime time, out int used)) continue;
                words.Use(at, 1 + used);
                filter[field] = Stamp(time);
            }
        }
    }

    private static bool TryTime(Words words, int at, DateTimeOffset now, out DateTime time, out int used)
    {
        DateTime today = now.UtcDateTime.Date;
        used = 1;
        string word = words.At(at);
        if (word == "yesterday" || word == "today")
        {
            time = word == "today" ? today : today.AddDays(-1);
            return true;
        }
        if (word is "noon" or "midnight")
        {
            time = today.AddHours(word == "noon" ? 12 : 0);
            return true;
        }
        if (TryDay(word, today, out time)) return true;
        if (TryClock(word, words.At(at + 1), out TimeSpan clock, out used))
        {
            time = today + clock;
            // A time of day that is still to come was meant to be yesterday's.
            if (time > now.UtcDateTime) time = time.AddDays(-1);
            return true;
        }
        time = default;
        return DateTime.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time) && word.Length > 7 && TimeBounds.Clamp(time) == time;
    }

    internal static bool TryClock(string word, string next, out TimeSpan clock, out int used)
    {
        used = 1;
        clock = default;
        string digits = word.TrimEnd('a', 'p', 'm');
        string half = word[digits.Length..];
        if (half.Length == 0 && next is "am" or "pm")
        {
            half = next;
            used = 2;
        }
        if (half is not ("" or "am" or "pm")) return false;
        string[] parts = digits.Split(':');
        if (parts.Length > 2 || (parts.Length == 1 && half.Length == 0)) return false;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int hour) || hour > 23) return false;
        int minute = 0;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute) || minute > 59)) return false;
        if (half.Length > 0) hour = hour % 12 + (half == "pm" ? 12 : 0);
        clock = new TimeSpan(hour, minute, 0);
        return true;
    }

    internal static bool TryDay(string word, DateTime today, out DateTime day)
    {
        for (int back = 0; back < 7; back++)
        {
            day = today.AddDays(-back);
            if (word.Equals(day.DayOfWeek.ToString(), StringComparison.OrdinalIgnoreCase)) return true;
        }
        return DateTime.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out day) && TimeBounds.Clamp(day) == day;
    }

    private static bool IsDay(string word, DateTimeOffset now) => word is "today" or "yesterday" || TryDay(word, now.UtcDateTime.Date, out _);

    private static bool TryNumber(string word, out double number)
    {
        number = word switch { "one" => 1, "thirty" => 30, "forty" => 40, "sixty" => 60, _ => -1 };
        return number > 0 || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static char? UnitOf(string word) => word switch
    {
        "second" or "sec" or "s" => 's',
        "minute" or "min" or "m" => 'm',
        "hour" or "hr" or "h" => 'h',
        "day" or "d" => 'd',
        "week" or "w" => 'w',
        "month" => 'M',
        _ => null,
    };

    private static string Duration(double amount, char unit) => unit switch
    {
        'w' => (amount * 7).ToString(CultureInfo.InvariantCulture) + "d",
        'M' => (amount * 30).ToString(CultureInfo.InvariantCulture) + "d",
        'h' when amount < 1 => (amount * 60).ToString(CultureInfo.InvariantCulture) + "m",
        _ => amount.ToString(CultureInfo.InvariantCulture) + unit,
    };

    internal static void TakeBefore(Words words, int at, params ReadOnlySpan<string> expected)
    {
        for (int i = at - 1; i >= 0 && expected.Contains(words.At(i)); i--) words.Use(i, 1);
    }

    internal static void Set(Filter filter, DateTime from, DateTime to)
    {
        filter["from"] = Stamp(from);
        filter["to"] = Stamp(to);
    }

    internal static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
