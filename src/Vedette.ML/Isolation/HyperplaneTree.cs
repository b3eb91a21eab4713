namespace Vedette.ML.Isolation;

/// <summary>A tree that splits along slanted planes. A row goes left if its projection on the node's normal is below the node's offset.</summary>
/// <param name="Children">Left child per node, the right one follows it; 0 for a leaf. Children come after their parents.</param>
/// <param name="Offsets">Offset of the plane, or, in a leaf, the path length with c(n) included.</param>
/// <param name="Normals">One normal of all features per inner node, in the order of the inner nodes.</param>
/// <param name="NormalIndex">Which normal a node has.</param>
internal sealed record HyperplaneTree(int[] Children, float[] Offsets, float[] Normals, int[] NormalIndex);
