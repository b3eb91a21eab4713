using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>The fictional APIs by name.</summary>
internal static class ApiCatalogue
{
    public static string[] Names { get; } = ["shop", "bank", "saas", "site"];

    public static ApiModel Create(string name, RandomSource random, double scale) => name switch
    {
        "shop" => ShopApi.Create(random, scale),
        "bank" => BankApi.Create(random, scale),
        "saas" => SaasApi.Create(random, scale),
        "site" => SiteApi.Create(random, scale),
        _ => throw new ArgumentException($"There is no API '{name}'.", nameof(name)),
    };
}
