namespace Vedette.ML.Neural;

/// <summary>The order in which a recurrent layer meets the rows of a batch: by step, and within a step by falling length of the window.</summary>
internal sealed class StepOrder
{
    private int[] _source = [];
    private int[] _steps = [];
    private int[] _windows = [];
    private int _stepCount;

    /// <summary>For each row in step order, its row in the batch.</summary>
    public ReadOnlySpan<int> Source => _source.AsSpan(0, _steps[_stepCount]);

    /// <summary>First row of each step, and the end of the last.</summary>
    public ReadOnlySpan<int> Steps => _steps.AsSpan(0, _stepCount + 1);

    public void Arrange(ReadOnlySpan<int> starts)
    {
        int count = starts.Length - 1;
        if (_windows.Length < count) _windows = new int[count];
        if (_source.Length < starts[^1]) _source = new int[2 * starts[^1]];
        Span<int> windows = _windows.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            // Insertion keeps equal lengths in their order; a batch has few windows.
            int place = i;
            int length = starts[i + 1] - starts[i];
            for (; place > 0 && starts[windows[place - 1] + 1] - starts[windows[place - 1]] < length; place--) windows[place] = windows[place - 1];
            windows[place] = i;
        }
        _stepCount = starts[windows[0] + 1] - starts[windows[0]];
        if (_steps.Length <= _stepCount) _steps = new int[_stepCount + 1];
        int row = 0;
        for (int step = 0; step < _stepCount; step++)
        {
            _steps[step] = row;
            foreach (int window in windows)
            {
                if (starts[window + 1] - starts[window] <= step) break;
                _source[row++] = starts[window] + step;
            }
        }
        _steps[_stepCount] = row;
    }
}
