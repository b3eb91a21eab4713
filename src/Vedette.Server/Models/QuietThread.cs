using System.Runtime.InteropServices;

namespace Vedette.Server.Models;

/// <summary>A thread for long work that must not slow traffic down: where a processor is short it comes last.</summary>
internal static partial class QuietThread
{
    /// <summary>The calling thread, to <c>setpriority</c> of Linux, where each thread has a priority of its own.</summary>
    private const int ThisThread = 0;
    private const int PriorityOfProcess = 0;

    /// <summary>Beside ordinary threads it gets about a tenth of a processor.</summary>
    private const int Nice = 10;

    /// <summary>Runs work on a thread of its own.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            LowerPriority();
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        { IsBackground = true, Name = "training" };
        thread.Start();
        return result.Task;
    }

    /// <summary>Where it cannot be lowered the work runs at the ordinary one.</summary>
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(PriorityOfProcess, ThisThread, Nice);
        else Thread.CurrentThread.Priority = ThreadPriority.Lowest;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
