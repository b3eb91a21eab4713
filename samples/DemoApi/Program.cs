using DemoApi;

await Shop.Create(args).RunAsync();
