using System.Globalization;

namespace Vedette.Server.Ask;

/// <summary>Reads days and parts of them: "yesterday evening", "last week", "over the weekend", "on march 5th", "around 3am". All in UTC.</summary>
internal static class DayPhrases
{
    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12).Select(static name => name.ToLowerInvariant())];

    private static readonly (string Name, int From, int To)[] Parts = [("morning", 0, 12), ("afternoon", 12, 18), ("evening", 18, 24), ("night", 18, 30)];

    public static void Read(Words words, Filter filter, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        if (!ReadPart(words, filter, today) && !ReadClock(words, filter, now) && !ReadSpan(words, filter, now) && !ReadMonth(words, filter, today)) ReadDate(words, filter, today);
        // What has a name can also be a beginning: "since last week".
        if (filter.Has("from") && words.Take("since", "after", "starting") >= 0) filter["to"] = null;
    }

    /// <summary>"this morning", "yesterday evening", "last night".</summary>
    private static bool ReadPart(Words words, Filter filter, DateTime today)
    {
        foreach ((string name, int from, int to) in Parts)
        {
            DateTime day = today;
            if (words.Take("yesterday " + name, "last " + name) >= 0) day = today.AddDays(-1);
            else if (name == "night" || words.Take("this " + name, "in the " + name) < 0) continue;
            TimePhrases.Set(filter, day.AddHours(from), day.AddHours(to));
            return true;
        }
        return false;
    }

    /// <summary>"yesterday at 3pm" is the hour that begins then, "around 3am" the hour around it.</summary>
    private static bool ReadClock(Words words, Filter filter, DateTimeOffset now)
    {
        for (int i = 1; i < words.Count; i++)
        {
            string before = words.At(i - 1);
            if (before is not ("at" or "around" or "about") || !TimePhrases.TryClock(words.At(i), words.At(i + 1), out TimeSpan clock, out int used)) continue;
            words.Use(i - 1, 1 + used);
            DateTime time = now.UtcDateTime.Date + clock;
            if (words.Take("yesterday") >= 0 || (words.Take("today") < 0 && time > now.UtcDateTime)) time = time.AddDays(-1);
            if (before != "at") time = time.AddMinutes(-30);
            TimePhrases.Set(filter, time, time.AddHours(1));
            return true;
        }
        return false;
    }

    private static bool ReadSpan(Words words, Filter filter, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        DateTime monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        DateTime month = new(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (words.Take("today", "this day", "tonight") >= 0) filter["from"] = TimePhrases.Stamp(today);
        else if (words.Take("yesterday") >= 0) TimePhrases.Set(filter, today.AddDays(-1), today);
        else if (words.Take("over the weekend", "last weekend", "this weekend", "weekend") >= 0) SetWeekend(filter, today, monday);
        else if (words.Take("this week") >= 0) filter["from"] = TimePhrases.Stamp(monday);
        else if (words.Take("last week", "previous week") >= 0) TimePhrases.Set(filter, monday.AddDays(-7), monday);
        else if (words.Take("this month") >= 0) filter["from"] = TimePhrases.Stamp(month);
        else if (words.Take("last month", "previous month") >= 0) TimePhrases.Set(filter, month.AddMonths(-1), month);
        else if (words.Take("this hour") >= 0) filter["from"] = TimePhrases.Stamp(today.AddHours(now.UtcDateTime.Hour));
        return filter.Has("from");
    }

    /// <summary>The latest weekend that has begun.</summary>
    private static void SetWeekend(Filter filter, DateTime today, DateTime monday)
    {
        DateTime saturday = monday.AddDays(5) <= today ? monday.AddDays(5) : monday.AddDays(-2);
        TimePhrases.Set(filter, saturday, saturday.AddDays(2));
    }

    /// <summary>A month by name, or one of its days: the latest that has begun.</summary>
    private static bool ReadMonth(Words words, Filter filter, DateTime today)
    {
        for (int month = 1; month <= 12; month++)
        {
            string name = Months[month - 1];
            int at = words.Find(name);
            if (at < 0) continue;
            int day = DayBeside(words, at);
            // "may" is a verb more often than a month.
            if (day == 0 && (month == 5 ? words.Take("in may") : words.Take("in " + name, name)) < 0) continue;
            int year = (month, Math.Max(1, day)).CompareTo((today.Month, today.Day)) <= 0 ? today.Year : today.Year - 1;
            if (day > DateTime.DaysInMonth(year, month)) continue;
            var first = new DateTime(year, month, Math.Max(1, day), 0, 0, 0, DateTimeKind.Utc);
            TimePhrases.Set(filter, first, day == 0 ? first.AddMonths(1) : first.AddDays(1));
            return true;
        }
        return false;
    }

    /// <summary>The day in "march 5", "march 5th", "5 march", "the 5th of march"; 0 if there is none. What is understood is taken.</summary>
    private static int DayBeside(Words words, int month)
    {
        int before = words.At(month - 1) == "of" ? month - 2 : month - 1;
        foreach (int at in new[] { month + 1, before })
        {
            string text = words.At(at);
            string digits = text.EndsWith("st", StringComparison.Ordinal) || text.EndsWith("nd", StringComparison.Ordinal) || text.EndsWith("rd", StringComparison.Ordinal) || text.EndsWith("th", StringComparison.Ordinal) ? text[..^2] : text;
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int day) || day is < 1 or > 31) continue;
            words.Use(Math.Min(at, month), Math.Abs(at - month) + 1);
            // The pieces of "5th" may be two words.
            if (words.At(month + 2) is "st" or "nd" or "rd" or "th") words.Use(month + 2, 1);
            return day;
        }
        return 0;
    }

    /// <summary>A weekday or a date of its own: the whole of that day.</summary>
    private static void ReadDate(Words words, Filter filter, DateTime today)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words.At(i - 1) is "since" or "until" or "after" or "before" || !TimePhrases.TryDay(words.At(i), today, out DateTime day)) continue;
            words.Use(i, 1);
            TimePhrases.TakeBefore(words, i, "on", "last");
            TimePhrases.Set(filter, day, day.AddDays(1));
            return;
        }
    }
}
