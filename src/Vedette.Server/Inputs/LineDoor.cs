using Vedette.Engine.Events;
using Vedette.Server.Ingestion;
using Vedette.Storage.Events;

namespace Vedette.Server.Inputs;

/// <summary>Brings lines that wait somewhere else, in a file or a socket's buffer, into the server; tries again until they are taken.</summary>
internal sealed class LineDoor(EventIntake intake, LineFormats formats, ushort source, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>True while submissions would be refused at once.</summary>
    public bool IsShut => !intake.Health.IsUp;

    /// <summary>Submits a copy of the lines once.</summary>
    public async ValueTask<SubmitResult> TrySubmitAsync(EventBatch lines, Receipt? receipt)
    {
        Submission submission = intake.Rent(lines.TextLength);
        submission.Source = source;
        submission.Receipt = receipt;
        submission.Events.FieldsDirective = lines.FieldsDirective.IsEmpty ? default : submission.Events.Append(lines[lines.FieldsDirective]);
        foreach (LineSpan line in lines.Lines) submission.Events.AddLine(submission.Events.Append(lines[line.Text]), line.Number);
        formats.Parse(submission.Events);
        return await intake.SubmitAsync(submission);
    }

    /// <summary>Submits the lines until they are stored, or cannot be analysed at all.</summary>
    public async Task SubmitAsync(EventBatch lines, Receipt? receipt, CancellationToken cancellationToken)
    {
        while (await TrySubmitAsync(lines, receipt) is SubmitResult.QueueFull or SubmitResult.StoreUnavailable)
        {
            do await Task.Delay(Pause, time, cancellationToken);
            while (IsShut);
        }
    }
}
