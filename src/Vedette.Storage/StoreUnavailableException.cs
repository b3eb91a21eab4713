namespace Vedette.Storage;

/// <summary>The store cannot be reached or cannot write now: database away, disk full. Nothing of the refused write was kept; trying again later is right.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message) : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
