using Vedette.ML.Clustering;

namespace Vedette.ML.Tests.Clustering;

public class CenterTableTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(5, 8)]
    [InlineData(20, 9)]
    [InlineData(2, 100)]
    public void TheNearestCenterIsThatOfThePlainSearch(int width, int count)
    {
        var random = new SeededRandom(3);
        float[] centers = new float[width * count];
        // Few different values, so that there are ties.
        foreach (ref float value in centers.AsSpan()) value = random.Next(3);
        var table = new CenterTable(centers, width);
        float[] row = new float[width];
        for (int i = 0; i < 500; i++)
        {
            foreach (ref float value in row.AsSpan())
                value = random.Next(40) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.MaxValue, _ => random.Next(7) * 0.5f };

            int expected = CenterTable.NearestReference(row, centers, out float expectedDistance);

            Assert.Equal(expected, table.Nearest(row, out float distance));
            Assert.Equal(expectedDistance, distance);
        }
    }
}
