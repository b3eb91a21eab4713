using System.Data.Common;
using Microsoft.Data.Sqlite;
using Vedette.Storage.Sql;

namespace Vedette.Storage.Sqlite;

/// <summary><c>vedette.db</c>: results and control records. Writers wait for each other, readers for nobody.</summary>
internal sealed class SqliteMainDatabase(string folder) : SqlDatabase
{
    public const string FileName = "vedette.db";

    private const int CacheKilobytes = 8 << 10;

    private readonly string _path = Path.Combine(folder, FileName);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SqliteReaderPool _readers = new();
    private SqliteDatabase? _writer;

    public override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_writer is not null) return;
            SqliteFolder.Create(folder);
            SqliteDatabase writer = SqliteDatabase.Open(_path, CacheKilobytes);
            try
            {
                SqliteMigrator.Apply(writer, SqliteMigrator.Main);
            }
            catch
            {
                writer.Dispose();
                throw;
            }
            _writer = writer;
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{folder}: {e.Message}", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask<T> ReadAsync<T>(Func<DbConnection, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        Opened();
        try
        {
            using SqliteReaderPool.Lease lease = _readers.Rent(_path);
            return await read(lease.Database.Connection);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, _path);
        }
    }

    public override async ValueTask<T> WriteAsync<T>(Func<DbConnection, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            SqliteDatabase writer = Opened();
            writer.Begin();
            try
            {
                T result = await write(writer.Connection);
                writer.Commit();
                return result;
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, _path);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _readers.Dispose();
            _writer?.Dispose();
            _writer = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private SqliteDatabase Opened() => _writer ?? throw new StoreUnavailableException($"{_path} is not open.");
}
