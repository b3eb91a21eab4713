using System.Runtime.InteropServices;

namespace Vedette.Server.Models;

/// <summary>A thread for long work that must not slow traffic down: where a processor is short it comes last.</summary>
internal static partial class QuietThread
{
    /// <summary>To the calls below: the thread that calls. Each thread of Linux has a policy and a priority of its own.</summary>
    private const int ThisThread = 0;
    private const int PriorityOfProcess = 0;

    /// <summary>SCHED_IDLE: whoever else wakes up runs at once, as on a processor that has nothing to do.</summary>
    private const int IdlePolicy = 5;

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

    /// <summary>Being nice is for systems without the idle policy; where neither is to be had the work runs at the ordinary priority.</summary>
    private static void LowerPriority()
    {
        int ordinary = 0;
        if (!OperatingSystem.IsLinux()) Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        else if (SetScheduler(ThisThread, IdlePolicy, in ordinary) != 0) _ = SetPriority(PriorityOfProcess, ThisThread, Nice);
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
