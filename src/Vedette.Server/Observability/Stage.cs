namespace Vedette.Server.Observability;

/// <summary>What an event goes through.</summary>
public enum Stage
{
    Receive,
    Prepare,
    Analyse,
    Store,
    Publish,
}
