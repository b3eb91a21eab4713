using Vedette.Engine.Detection;

namespace Vedette.Server.Ask;

/// <summary>Conditions that only one subject has. The subject is known last; what it does not have is taken back then, and its words are left over instead of meaning nothing.</summary>
internal sealed class SubjectConditions(Words words, Filter filter)
{
    private readonly List<(string Field, int At, int Count)> _taken = [];

    /// <summary>Words that may mean this condition.</summary>
    public void Take(string field, string value, int at, int count)
    {
        filter[field] = value;
        words.Use(at, count);
        _taken.Add((field, at, count));
    }

    /// <summary>Takes back what the subject does not have.</summary>
    public void Settle()
    {
        foreach ((string field, int at, int count) in _taken)
        {
            if (IsOf(field)) continue;
            filter[field] = null;
            words.GiveBack(at, count);
        }
    }

    private bool IsOf(string field) => field switch
    {
        "user_agent" => filter["subject"] == "requests",
        "outcome" => filter["subject"] == "incidents" && (filter["type"]?.Split(',').All(HasOutcome) ?? true),
        _ => filter["subject"] == "incidents",
    };

    /// <summary>Whether an attack succeeded is known where single requests are attacks, and where an account was taken over.</summary>
    private static bool HasOutcome(string name) => IncidentTypes.TryParse(name, out IncidentType type) && (type.IsPayload() || type is IncidentType.Scanner or IncidentType.AccountTakeover);
}
