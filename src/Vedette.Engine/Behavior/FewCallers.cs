namespace Vedette.Engine.Behavior;

/// <summary>The callers of something, told apart up to two: beyond that there are several, whoever they are.</summary>
internal struct FewCallers
{
    private ulong _first;
    private ulong _second;

    /// <summary>True once there were three.</summary>
    public bool AreSeveral { get; private set; }

    /// <param name="key">Fingerprint of a caller, not 0.</param>
    public void Add(ulong key)
    {
        if (_first == 0) _first = key;
        else if (_second == 0 && key != _first) _second = key;
        else if (key != _first && key != _second) AreSeveral = true;
    }

    public void Add(in FewCallers other)
    {
        if (other._first != 0) Add(other._first);
        if (other._second != 0) Add(other._second);
        AreSeveral |= other.AreSeveral;
    }
}
