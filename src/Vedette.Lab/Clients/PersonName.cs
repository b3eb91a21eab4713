using Vedette.Lab.Simulation;

namespace Vedette.Lab.Clients;

/// <summary>A person's name and what accounts are called after it.</summary>
internal sealed record PersonName(string Full, string UserName, string Email)
{
    private static readonly string[] Given =
    [
        "Anna", "Ben", "Chen", "Dmitri", "Elif", "Fatima", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena", "Mateo", "Nadia", "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tara",
        "Uma", "Viktor", "Wen", "Ximena", "Yusuf", "Zoe", "Aoife", "Bram", "Clara", "Diego", "Emma", "Finn", "Gita", "Hugo", "Ivan", "Julia", "Karl", "Liam", "Maya", "Noah",
    ];

    private static readonly string[] Family =
    [
        "Adler", "Baker", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanov", "Jensen", "Khan", "Larsen", "Moreau", "Novak", "Okafor", "Patel", "Quinn", "Rossi",
        "Schmidt", "Tanaka", "Ueda", "Varga", "Weber", "Xu", "Yilmaz", "Zhang", "Bauer", "Silva", "Kowalski", "Ortiz", "Murphy", "Wong", "Singh", "Lopez", "Meyer", "Santos",
    ];

    private static readonly string[] AwkwardFamily = ["O'Brien", "D'Angelo", "O'Neill", "N'Diaye", "St. John", "Select", "Null", "Müller", "Þórsson", "de la Drop", "Union-Smith", "O'Conner", "Łuczak", "Alert"];

    private static readonly string[] MailHosts = ["example.com", "example.org", "mail.example", "post.example", "company.example"];

    public static PersonName Draw(RandomSource random, bool allowsAwkward)
    {
        string given = random.Pick(Given);
        string family = allowsAwkward && random.Chance(0.06) ? random.Pick(AwkwardFamily) : random.Pick(Family);
        string account = $"{given}.{family}".ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        int style = random.Next(4);
        string email = $"{account}{random.Next(9_000)}@{random.Pick(MailHosts)}";
        string user = style switch
        {
            0 => email,
            1 => $"{account}{random.Next(9_000)}",
            2 => $"{char.ToLowerInvariant(given[0])}{account[(given.Length + 1)..]}{random.Next(9_000)}",
            _ => $"{account[..Math.Min(6, account.Length)]}_{random.Next(90_000)}",
        };
        return new PersonName($"{given} {family}", user, email);
    }
}
