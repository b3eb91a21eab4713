using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests.Pipeline;

public sealed class BatchPipelineTests
{
    [Fact]
    public void NothingReadsAnyMoreOnceARunHasFailed()
    {
        using var source = new SlowSource();
        var failure = Assert.Throws<IOException>(() => BatchPipeline.Run(source, Parser(), new DetectionEngine(new EngineOptions()), 4, _ =>
        {
            source.SecondReadBegan.Wait();
            source.MayEnd.Set();
            throw new IOException("no space left");
        }, CancellationToken.None));
        Assert.Equal("no space left", failure.Message);
        Assert.False(source.IsReading);
    }

    [Fact]
    public void WhatASourceThrowsIsThrownAfterWhatItGaveBefore()
    {
        using var source = new SlowSource { SecondReadFails = true };
        source.MayEnd.Set();
        int processed = 0;
        Assert.Throws<InvalidDataException>(() => BatchPipeline.Run(source, Parser(), new DetectionEngine(new EngineOptions()), 4, _ => processed++, CancellationToken.None));
        Assert.Equal(1, processed);
    }

    private static LogParser Parser() => new(LogFormats.Find("combined")!);

    /// <summary>Gives one line, and takes its time with the next.</summary>
    private sealed class SlowSource : IBatchSource
    {
        private int _reads;
        private volatile bool _isReading;

        public ManualResetEventSlim SecondReadBegan { get; } = new();

        public ManualResetEventSlim MayEnd { get; } = new();

        public bool SecondReadFails { get; init; }

        public bool IsReading => _isReading;

        public IReadOnlyList<string> Names => ["slow"];

        public IReadOnlyList<string> Warnings => [];

        public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _isReading = true;
            try
            {
                if (Interlocked.Increment(ref _reads) > 1)
                {
                    SecondReadBegan.Set();
                    MayEnd.Wait(CancellationToken.None);
                    for (int i = 0; i < 100; i++) Thread.Yield();
                    if (SecondReadFails) throw new InvalidDataException("cut off");
                }
                batch.Clear();
                byte[] line = Encoding.ASCII.GetBytes("203.0.113.1 - - [10/Mar/2026:09:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"");
                line.CopyTo(batch.Reserve(line.Length));
                batch.AddLine(batch.Commit(line.Length), 1, 0);
                return true;
            }
            finally
            {
                _isReading = false;
            }
        }

        public void Dispose()
        {
            SecondReadBegan.Dispose();
            MayEnd.Dispose();
        }
    }
}
