namespace Vedette.Engine.Behavior;

/// <summary>Something is raised about a caller for the first time in its episode: what it taught until then is taken back.</summary>
/// <param name="Route">The route of which it had taken most items.</param>
/// <param name="Items">How many.</param>
/// <param name="Learnt">As how many it counts in the route's baseline.</param>
/// <param name="IsCollector">It did hardly anything else.</param>
internal readonly record struct Conviction(int Route, int Items, int Learnt, bool IsCollector)
{
    public static Conviction Of(in CallerState caller) => new(caller.MainRoute, caller.MainItems, caller.MainLearnt, caller.CollectorSince != 0);
}
