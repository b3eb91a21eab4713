namespace Vedette.Storage.Migrations;

/// <summary>The database was written by a newer version of the program.</summary>
internal static class SchemaNewer
{
    public static StoreUnavailableException Exception(string database, int found, int known) => new(
        $"{database} has schema version {found}, and this program knows versions up to {known}. Install the newer program again, or use another database.");
}
