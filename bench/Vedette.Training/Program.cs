using Vedette.Training;

return args is ["payloads", .. var rest]
    ? PayloadCommand.Run(rest)
    : Usage();

static int Usage()
{
    Console.Error.WriteLine("usage: Vedette.Training payloads --data DIRECTORY [--out FILE] [--measure] [--left-out] [--errors SOURCE [--held-out] [--blind]] [--honest FILE,FILE...] [--rules] [--kinds]");
    return 2;
}
