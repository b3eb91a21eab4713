using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>Reads when: "in the last ten minutes", "since 9am", "between 14:00 and 15:00", "yesterday", "on 2026-03-01". All in UTC.</summary>
internal static class TimePhrases
{
    public static void Read(Words words, Filter filter, DateTimeOffset now)
    {
        if (words.Find("compare") >= 0 || words.Find("compared") >= 0 || words.Find("versus") >= 0 || words.Find("vs") >= 0) ReadComparison(words, filter, now);
        if (ReadDuration(words, filter) || ReadBetween(words, filter, now)) return;
        ReadSince(words, filter, now);
        if (!filter.Has("from")) ReadDay(words, filter, now);
    }

    private static void ReadComparison(Words words, Filter filter, DateTimeOffset now)
    {
        words.Take("compared to", "compared with", "compare", "versus", "vs");
        int yesterday = words.Take("with yesterday", "to yesterday", "and yesterday", "yesterday", "with the day before", "with previous day");
        if (yesterday >= 0) filter["compare"] = "1d";
        else if (words.Take("with last week", "to last week", "and last week", "last week", "previous week", "with the week before") >= 0) filter["compare"] = "7d";
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
            if (words.At(at) == "half" && words.At(at + 1) is "an" or "a")
            {
                amount = 0.5;
                at += 2;
                used += 2;
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

    private static bool ReadBetween(Words words, Filter filter, DateTimeOffset now)
    {
        int between = words.Find("between");
        if (between < 0 || !TryTime(words, between + 1, now, out DateTime from, out int first)) return false;
        int and = between + 1 + first;
        if (words.At(and) is not ("and" or "to") || !TryTime(words, and + 1, now, out DateTime to, out int second)) return false;
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

    private static void ReadDay(Words words, Filter filter, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        DateTime monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        DateTime month = new(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (words.Take("today", "this day", "tonight") >= 0) filter["from"] = Stamp(today);
        else if (words.Take("yesterday") >= 0) Set(filter, today.AddDays(-1), today);
        else if (words.Take("last night") >= 0) Set(filter, today.AddHours(-6), today.AddHours(6));
        else if (words.Take("this morning") >= 0) Set(filter, today, today.AddHours(12));
        else if (words.Take("this week") >= 0) filter["from"] = Stamp(monday);
        else if (words.Take("last week", "previous week") >= 0) Set(filter, monday.AddDays(-7), monday);
        else if (words.Take("this month") >= 0) filter["from"] = Stamp(month);
        else if (words.Take("last month", "previous month") >= 0) Set(filter, month.AddMonths(-1), month);
        else if (words.Take("this hour") >= 0) filter["from"] = Stamp(today.AddHours(now.UtcDateTime.Hour));
        else if (!ReadMonth(words, filter, today)) ReadDate(words, filter, today);
    }

    /// <summary>A month by name: the latest one that has begun.</summary>
    private static bool ReadMonth(Words words, Filter filter, DateTime today)
    {
        string[] names = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
        for (int month = 1; month <= 12; month++)
        {
            // "may" is a verb more often than a month.
            string name = names[month - 1].ToLowerInvariant();
            if ((month == 5 ? words.Take("in may") : words.Take("in " + name, name)) < 0) continue;
            var first = new DateTime(month <= today.Month ? today.Year : today.Year - 1, month, 1, 0, 0, 0, DateTimeKind.Utc);
            Set(filter, first, first.AddMonths(1));
            return true;
        }
        return false;
    }

    /// <summary>A weekday or a date of its own: the whole of that day.</summary>
    private static void ReadDate(Words words, Filter filter, DateTime today)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words.At(i - 1) is "since" or "until" or "after" or "before" || !TryDay(words.At(i), today, out DateTime day)) continue;
            words.Use(i, 1);
            TakeBefore(words, i, "on", "last");
            Set(filter, day, day.AddDays(1));
            return;
        }
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
        return DateTime.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time) && word.Length > 7;
    }

    private static bool TryClock(string word, string next, out TimeSpan clock, out int used)
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

    private static bool TryDay(string word, DateTime today, out DateTime day)
    {
        for (int back = 0; back < 7; back++)
        {
            day = today.AddDays(-back);
            if (word.Equals(day.DayOfWeek.ToString(), StringComparison.OrdinalIgnoreCase)) return true;
        }
        return DateTime.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out day);
    }

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

    private static void TakeBefore(Words words, int at, params ReadOnlySpan<string> expected)
    {
        for (int i = at - 1; i >= 0 && expected.Contains(words.At(i)); i--) words.Use(i, 1);
    }

    private static void Set(Filter filter, DateTime from, DateTime to)
    {
        filter["from"] = Stamp(from);
        filter["to"] = Stamp(to);
    }

    private static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
