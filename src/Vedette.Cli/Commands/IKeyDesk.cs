namespace Vedette.Cli.Commands;

/// <summary>Where keys are managed: on the store itself, or at a running server. Each call prints what it did and returns an exit code.</summary>
internal interface IKeyDesk
{
    Task<int> CreateAsync(string name, string role, string? expires, CancellationToken cancellationToken);

    Task<int> ListAsync(CancellationToken cancellationToken);

    Task<int> RotateAsync(string id, CancellationToken cancellationToken);

    Task<int> RevokeAsync(string id, CancellationToken cancellationToken);
}
