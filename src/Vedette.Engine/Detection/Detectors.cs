namespace Vedette.Engine.Detection;

/// <summary>Every always-on detector, in the order in which they are asked. The place to add one.</summary>
internal static class Detectors
{
    public static CallerDetector[] OfCallers() =>
    [
        new PayloadDetector(),
        new LoginDetector(),
        new TakeoverDetector(),
        new ProbeDetector(),
        new ObjectDetector(),
        new FuzzingDetector(),
        new RateDetector(),
        new ExhaustionDetector(),
        new ExfiltrationDetector(),
        new BotDetector(),
        new InsistenceDetector(),
        new SequenceDetector(),
    ];

    public static IServiceDetector[] OfService() =>
    [
        new DistributedLoginDetector(),
        new DistributedCollectionDetector(),
        new DistributedBotDetector(),
        new ErrorDetector(),
        new LatencyDetector(),
        new TrafficDetector(),
    ];
}
