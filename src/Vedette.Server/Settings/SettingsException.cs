namespace Vedette.Server.Settings;

/// <summary>A setting is wrong; the message names it, in one line per setting, and says what would be right.</summary>
public sealed class SettingsException(string message) : Exception(message);
