namespace Vedette.Storage.Migrations;

/// <summary>A database's schema version beside the newest one this program knows.</summary>
internal static class SchemaVersion
{
    /// <exception cref="StoreUnavailableException">It is newer.</exception>
    public static StoreAge AgeOf(string database, int found, int known) =>
        found > known ? throw Newer(database, found, known) : found == 0 ? StoreAge.Absent : found < known ? StoreAge.Older : StoreAge.Current;

    public static StoreUnavailableException Newer(string database, int found, int known) => new(
        $"{database} has schema version {found}, and this program knows versions up to {known}. Install the newer program again, or use another database.");
}
